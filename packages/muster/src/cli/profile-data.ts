import { resolve } from "node:path";
import type { Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import { type ProfiledColumn, profileColumns } from "../evaluate/profile/profile-columns.ts";
import { asProfile } from "../evaluate/training-profile.ts";
import { printable } from "../report/printable.ts";
import { profileText } from "../report/profile-text.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { memoryLimit } from "./memory-limit.ts";
import { noColumn } from "./no-column.ts";
import { wholeNumber } from "./number-option.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";
import { writeOutput } from "./write-output.ts";

export interface ProfileDataOptions {
  readonly memory?: string;
  readonly output?: string;
  readonly spec?: string;
  readonly columns?: readonly string[];
  readonly bins: string;
  readonly categories: string;
  readonly format: string;
}

const table = "data";

/** `muster profile`: a profile of data as a table to read, or as JSON. */
export async function profileData(
  data: string,
  options: ProfileDataOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const bins = wholeNumber(options.bins, "--bins", 2, 100);
  const categories = wholeNumber(options.categories, "--categories", 1, 1000);
  const loaded = options.spec === undefined ? undefined : await requireSpec(options.spec, terminal);
  if (loaded === null) return exitCode.wrong;
  const engine = await openEngine(memoryLimit(options.memory));
  try {
    const info = await engine.attach(table, resolve(terminal.cwd, data), terminal.signal);
    const inputs = loaded?.spec.contract?.inputs.map(({ name, type }) => ({ name, type }));
    const columns = chosenColumns(engine, data, options.columns, inputs);
    terminal.progress(`reading ${data}`);
    const found = await profileColumns(engine, table, columns, { bins, categories }, terminal.signal);
    const profile: Profile = await asProfile(engine, table, found);
    terminal.done();
    if (options.output !== undefined)
      await writeOutput(options.output, `${JSON.stringify(profile)}\n`, terminal);
    const left = info.columns.map(({ name }) => name).filter((name) => !found.has(name));
    if (format === "json") {
      if (options.output === undefined) terminal.out(JSON.stringify(profile));
      else terminal.out(JSON.stringify({ version: 2, rows: profile.rows, written: options.output }));
    } else {
      terminal.out(profileText(profile, terminal.width));
      if (options.columns === undefined && inputs === undefined && left.length > 0) {
        terminal.out(`Not profiled, as their type cannot be read: ${left.map(printable).join(", ")}`);
      }
      if (options.output !== undefined) terminal.out(`Written to ${options.output}`);
    }
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}

/** The table's columns, those named, or the contract's inputs. */
export function chosenColumns(
  engine: Engine,
  data: string,
  named: readonly string[] | undefined,
  inputs?: readonly ProfiledColumn[],
): ProfiledColumn[] {
  const own = engine.info(table).columns.map(({ name, type }): ProfiledColumn => ({ name, type }));
  const from = inputs ?? own;
  if (named === undefined) return [...from];
  return named.map((name) => {
    const found = from.find((column) => column.name === name);
    if (found !== undefined) return found;
    const known = from.map((column) => column.name);
    throw noColumn(data, name, known);
  });
}
