import { MusterError } from "../../source/muster-error.ts";
import type { TableInfo } from "../engine.ts";
import { checkStamps, type Stamp } from "./stamp.ts";

/** A table that can be read: a view and what it stands on. */
export interface Attached {
  readonly info: TableInfo;
  /** Of the content; taken once, beside what else goes on. */
  readonly digest: () => Promise<string>;
  /** The view's definition. */
  readonly select: string;
  /** Files outside of our own folder that the view reads, as they were. */
  readonly files: readonly Stamp[];
  /** The file in our own folder that was made for it. */
  readonly own?: string;
  /** The same with a column of the rows' numbers, where there is a cheap one. */
  readonly numbered?: (names: readonly string[]) => string | undefined;
  /** For a widened table, what it was made from. */
  readonly base?: string;
}

/** The tables of an engine by name, each after what it was made from. Never changed: a change makes another one. */
export class Tables {
  private readonly byName: ReadonlyMap<string, Attached>;

  constructor(tables: Iterable<readonly [string, Attached]> = []) {
    this.byName = new Map(tables);
  }

  get(table: string): Attached {
    const found = this.byName.get(table);
    if (found !== undefined) return found;
    throw new MusterError("engine/failed", `No table "${table}" is attached.`, {
      hint: `Attached are: ${[...this.byName.keys()].join(", ") || "none"}.`,
    });
  }

  has(table: string, attached: Attached): boolean {
    return this.byName.get(table) === attached;
  }

  /** Fails when a file of these tables is not the one that was attached. */
  async checkFiles(...tables: readonly string[]): Promise<void> {
    for (const table of new Set(tables)) await checkStamps(table, this.get(table).files);
  }

  /** SQL takes no notice of case, so two names must differ by more. */
  checkName(table: string): void {
    if (table === "" || table.includes("\0")) throw new MusterError("engine/failed", "A table needs a name.");
    const twin = [...this.byName.keys()].find(
      (name) => name !== table && name.toLowerCase() === table.toLowerCase(),
    );
    if (twin === undefined) return;
    throw new MusterError("engine/failed", `The table names "${twin}" and "${table}" differ only by case.`);
  }

  /** Without a table that is to be replaced, and without what was made from it. */
  without(table: string): Tables {
    const gone = new Set([table]);
    for (const [name, { base }] of this.byName) if (base !== undefined && gone.has(base)) gone.add(name);
    return new Tables([...this.byName].filter(([name]) => !gone.has(name)));
  }

  with(table: string, attached: Attached): Tables {
    return new Tables([...this.byName, [table, attached]]);
  }

  get views(): readonly (readonly [name: string, select: string])[] {
    return [...this.byName].map(([name, { select }]) => [name, select] as const);
  }

  /** Every file outside of our own folder. */
  get files(): readonly string[] {
    return [...new Set([...this.byName.values()].flatMap(({ files }) => files.map(({ path }) => path)))];
  }

  /** Our own files that another state of the tables has no use for. */
  ownFilesNotIn(other: Tables): readonly string[] {
    const kept = new Set([...other.byName.values()].map(({ own }) => own));
    return [...this.byName.values()].flatMap(({ own }) => (own === undefined || kept.has(own) ? [] : [own]));
  }
}
