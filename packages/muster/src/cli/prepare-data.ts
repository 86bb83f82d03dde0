import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Engine, Rename } from "../engine/engine.ts";
import { tables } from "../evaluate/compile/tables.ts";
import { featuresOf, preparedInputs } from "../prepare/chain.ts";
import { fit } from "../prepare/fit.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { digestOfFitted, preparedText, readPrepared } from "../prepare/prepared-text.ts";
import { programsOf } from "../prepare/programs.ts";
import { MusterError } from "../source/muster-error.ts";
import type { InputSpec } from "../spec/contract-section.ts";
import { stepText } from "../spec/operation.ts";
import { outputNames } from "../transform/program.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { memoryLimit } from "./memory-limit.ts";
import { requireSpec } from "./print-diagnostics.ts";
import { systemReason } from "./system-reason.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";
import { writeOutput } from "./write-output.ts";

export interface PrepareOptions {
  readonly memory?: string;
  readonly spec: string;
  readonly fitted?: string;
  readonly saveFitted?: string;
  readonly output: string;
  readonly format: string;
}

const data = "data";
const prepared = "prepared";

/** `muster data prepare`: the contract's preprocessing over a file, as serving will do it. */
export async function prepareData(
  address: string,
  options: PrepareOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const loaded = await requireSpec(options.spec, terminal);
  if (loaded === null) return exitCode.wrong;
  const inputs = loaded.spec.contract?.inputs ?? [];
  requireSteps(inputs, loaded.file);
  const output = resolve(terminal.cwd, options.output);
  if (output === resolve(terminal.cwd, address)) {
    throw new MusterError("call/bad-argument", `${options.output} is the data itself.`, {
      hint: "Write to another file.",
    });
  }
  const engine = await openEngine(memoryLimit(options.memory));
  try {
    terminal.progress(`opening ${address}`);
    const path = resolve(terminal.cwd, address);
    const info = await engine.attach(data, path, terminal.signal, renameOf(loaded, path));
    const fitted = await fittedFor(loaded, inputs, options, engine, terminal);
    const programs = programsOf(fitted);
    const taken = new Set(preparedInputs(inputs).map(({ name }) => name));
    const kept = info.columns.map(({ name }) => name).filter((name) => !taken.has(name));
    await engine.project(prepared, data, { programs, kept }, terminal.signal);
    terminal.progress(`preparing ${info.rows} rows`);
    await engine.write(prepared, output, terminal.signal);
    terminal.done();
    const columns = programs.flatMap(outputNames);
    if (format === "json") {
      const digest = digestOfFitted(fitted);
      terminal.out(JSON.stringify({ version: 1, rows: info.rows, columns, kept, fitted: digest }, null, 2));
    } else {
      terminal.out(
        `Wrote ${info.rows} rows to ${options.output}: ${columns.length} prepared columns, ${kept.length} as they were.`,
      );
      for (const { name, preprocessing } of notCarriedOut(inputs)) {
        const steps = (preprocessing ?? []).map(stepText).join(", ");
        terminal.err(`${name} stands there as it was: ${steps} is done elsewhere, Muster does not know it.`);
      }
    }
    return exitCode.kept;
  } finally {
    terminal.done();
    await engine.close();
  }
}

/** The columns of a table of the spec have the spec's names here, too; any other file is read as it is. */
function renameOf({ addresses, renames }: LoadedSpec, path: string): Rename | undefined {
  const [table] = [...addresses].find(([, address]) => address === path) ?? [];
  return table === undefined ? undefined : renames.get(table);
}

const notCarriedOut = (inputs: readonly InputSpec[]): readonly InputSpec[] => {
  const carried = new Set(preparedInputs(inputs));
  return inputs.filter((input) => (input.preprocessing?.length ?? 0) > 0 && !carried.has(input));
};

/** Throws when the contract has no step that Muster carries out. */
export function requireSteps(inputs: readonly InputSpec[], file: string): void {
  if (featuresOf(inputs).length > 0) return;
  throw new MusterError("call/bad-argument", `${file} states no preprocessing that Muster carries out.`, {
    hint: "Write it under contract.inputs: preprocessing: [log1p, standardize]. docs/preprocessing.md lists the steps.",
  });
}

/** From the file given, else learnt from the spec's training data. */
async function fittedFor(
  loaded: LoadedSpec,
  inputs: readonly InputSpec[],
  options: Pick<PrepareOptions, "fitted" | "saveFitted">,
  engine: Engine,
  terminal: Terminal,
): Promise<Fitted> {
  if (options.fitted !== undefined) return readFitted(options.fitted, inputs, terminal);
  const training = loaded.addresses.get(tables.training);
  if (training === undefined) {
    throw new MusterError("call/bad-argument", "The spec names no training data to fit on.", {
      hint: "Give what was fitted before (--fitted prepared.json), or write data.training.",
    });
  }
  await engine.attach(tables.training, training, terminal.signal, loaded.renames.get(tables.training));
  terminal.progress("fitting on the training data");
  const fitted = await fit(engine, tables.training, inputs, terminal.signal);
  if (options.saveFitted !== undefined) {
    await writeOutput(options.saveFitted, preparedText(fitted), terminal);
  }
  return fitted;
}

/** A file of `--save-fitted`, held against the contract. */
export async function readFitted(
  file: string,
  inputs: readonly InputSpec[],
  terminal: Pick<Terminal, "cwd">,
): Promise<Fitted> {
  const text = await readFile(resolve(terminal.cwd, file), "utf8").catch((cause: unknown) => {
    throw new MusterError("call/bad-argument", `${file} cannot be read: ${systemReason(cause)}.`, { cause });
  });
  return readPrepared(text, inputs, file);
}
