import { resolve } from "node:path";
import type { Profile } from "../claims/profile.ts";
import { readProfile } from "../claims/read-profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { DriftBase } from "../evaluate/drift/drift.ts";
import type { ProfiledColumn } from "../evaluate/profile/profile-columns.ts";
import { MusterError } from "../source/muster-error.ts";
import { parse } from "../spec/parse.ts";
import { isProfileFile, readProfileFile } from "./data-profile.ts";
import { storeFolder } from "./judge-spec.ts";
import { noColumn } from "./no-column.ts";
import { readSpec } from "./read-spec.ts";
import type { Terminal } from "./terminal.ts";
import { openStoreToRead } from "./wire.ts";

export interface BaseOptions {
  readonly spec: string;
  readonly store?: string;
  readonly columns?: readonly string[];
}

/** The table that base data is attached as. */
export const baseTable = "base";

/** What to compare with: profiles that are there already, or columns of the table `baseTable`. */
export type OpenBase =
  | { readonly kind: "profiles"; readonly base: DriftBase }
  | { readonly kind: "table"; readonly columns: readonly ProfiledColumn[] };

/** The reference of a comparison: data, a profile, or what a release was frozen with. */
export async function openBase(
  given: string,
  options: BaseOptions,
  engine: Engine,
  terminal: Terminal,
): Promise<OpenBase> {
  const { columns } = options;
  if (given.startsWith("release:")) {
    return fromProfile(
      await releaseProfile(given.slice("release:".length), options, terminal),
      given,
      columns,
    );
  }
  if (isProfileFile(given)) return fromProfile(await readProfileFile(given, given, terminal), given, columns);
  const info = await engine.attach(baseTable, resolve(terminal.cwd, given), terminal.signal);
  const known = info.columns.map(({ name, type }): ProfiledColumn => ({ name, type }));
  requireColumns(
    given,
    columns,
    known.map(({ name }) => name),
  );
  return {
    kind: "table",
    columns: columns === undefined ? known : known.filter(({ name }) => columns.includes(name)),
  };
}

function fromProfile(profile: Profile, given: string, columns: readonly string[] | undefined): OpenBase {
  const all = [...Object.entries(profile.inputs), ...Object.entries(profile.outputs ?? {})];
  if (profile.version < 2) {
    throw new MusterError("call/bad-argument", `${given} is a profile of version 1, which has no bins.`, {
      hint: "Make it anew with muster profile, or add the release again.",
    });
  }
  requireColumns(
    given,
    columns,
    all.map(([name]) => name),
  );
  const kept = all.filter(([name]) => columns === undefined || columns.includes(name));
  const profiles = new Map(kept.map(([name, input]) => [name, { profile: input }] as const));
  return { kind: "profiles", base: { rows: profile.rows, columns: profiles } };
}

function requireColumns(given: string, named: readonly string[] = [], known: readonly string[]): void {
  for (const name of named) if (!known.includes(name)) throw noColumn(given, name, known);
}

async function releaseProfile(id: string, options: BaseOptions, terminal: Terminal): Promise<Profile> {
  const source = await readSpec(options.spec, terminal);
  const name = parse(source.text, source.file).spec?.name;
  if (name === undefined) {
    throw new MusterError("spec/unreadable", `${source.file} does not say which spec it is (name: ..).`);
  }
  const store = await openStoreToRead(storeFolder(source, options.store, terminal.cwd));
  try {
    const pointed = id === "live" ? (await store.pointer(name, "live"))?.release : id;
    const release = pointed === undefined ? null : await store.release(name, pointed);
    if (release === null) {
      throw new MusterError(
        "call/not-found",
        id === "live" ? `${name} has no live release.` : `${name} has no release ${id}.`,
        { hint: "muster release list shows those there are." },
      );
    }
    const profile = readProfile(JSON.parse(release.profile));
    if (typeof profile === "string") {
      throw new MusterError("store/failed", `The profile of release ${release.id} ${profile}.`);
    }
    return profile;
  } finally {
    await store.close();
  }
}
