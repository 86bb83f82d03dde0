import { resolve } from "node:path";
import { modes } from "../evaluate/drift/compat/modes.ts";
import { type Drift, type DriftRule, drift } from "../evaluate/drift/drift.ts";
import { driftBetween } from "../evaluate/drift/drift-between.ts";
import { driftLike } from "../evaluate/drift/like-tool.ts";
import { type PredictionShift, predictionShift } from "../evaluate/drift/prediction-shift.ts";
import { driftHtml } from "../report/drift-html.ts";
import type { DriftInput } from "../report/drift-input.ts";
import { driftJson } from "../report/drift-json.ts";
import { driftMarkdown } from "../report/drift-markdown.ts";
import { driftText } from "../report/drift-text.ts";
import { toolDriftJson, toolDriftText } from "../report/tool-drift.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { isProfileFile } from "./data-profile.ts";
import { type BaseOptions, baseTable, openBase } from "./drift-base.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { memoryLimit } from "./memory-limit.ts";
import { paintOf } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";
import { openEngine } from "./wire.ts";

export interface DriftDataOptions extends BaseOptions {
  readonly exact?: boolean;
  readonly memory?: string;
  readonly threshold: string;
  readonly alpha: string;
  readonly prediction?: string;
  readonly shift: string;
  readonly mode: string;
  readonly test?: string;
  readonly format: string;
}

const currentTable = "current";

/** `muster drift`: which columns are no longer distributed as they were in the base. */
export async function driftData(
  base: string,
  current: string,
  options: DriftDataOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json", "markdown", "html"]);
  const rule: DriftRule = {
    threshold: positive(options.threshold, "--threshold"),
    alpha: positive(options.alpha, "--alpha", 1),
  };
  const most = positive(options.shift, "--shift", 1);
  if (options.mode !== "muster") return asTool(base, current, options, terminal);
  const engine = await openEngine({ ...memoryLimit(options.memory), digests: "stamps" });
  try {
    await engine.attach(currentTable, resolve(terminal.cwd, current), terminal.signal);
    const from = await openBase(base, options, engine, terminal);
    terminal.progress(from.kind === "table" ? `reading ${base} and ${current}` : `reading ${current}`);
    const countAll = options.exact === true;
    const found =
      from.kind === "table"
        ? await driftBetween(
            engine,
            [baseTable, currentTable],
            from.columns,
            { rule, countAll },
            terminal.signal,
          )
        : await drift(engine, currentTable, from.base, rule, terminal.signal, countAll);
    const shift = shiftOf(found, options.prediction, most, rule);
    terminal.done();
    const input = { base, current, drift: found, rule, ...(shift === undefined ? {} : { shift }) };
    terminal.out(rendered(input, format, terminal));
    const quiet = found.columns.every(({ outcome }) => outcome === "steady") && found.skipped.length === 0;
    return quiet && (shift === undefined || shift.outcome === "steady") ? exitCode.kept : exitCode.notKept;
  } finally {
    await engine.close();
  }
}

function rendered(
  input: DriftInput,
  format: "text" | "json" | "markdown" | "html",
  terminal: Terminal,
): string {
  switch (format) {
    case "json":
      return driftJson(input);
    case "markdown":
      return driftMarkdown(input);
    case "html":
      return driftHtml(input, version);
    case "text":
      return driftText(input, { paint: paintOf(terminal.color) });
  }
}

/** The comparison as another tool makes it: two tables, its test, its number. */
async function asTool(
  base: string,
  current: string,
  options: DriftDataOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const mode = modes.get(options.mode);
  if (mode === undefined) {
    const near = suggest(options.mode, ["muster", ...modes.keys()]);
    throw new MusterError("call/bad-argument", `There is no mode ${JSON.stringify(options.mode)}.`, {
      hint: near === null ? `There are muster, ${[...modes.keys()].join(", ")}.` : `Did you mean ${near}?`,
    });
  }
  if (options.test !== undefined && !mode.tests.includes(options.test)) {
    throw new MusterError(
      "call/bad-argument",
      `The mode ${options.mode} has no test ${JSON.stringify(options.test)}.`,
      { hint: `It has ${mode.tests.join(", ")}.` },
    );
  }
  if (base.startsWith("release:") || isProfileFile(base)) {
    throw new MusterError(
      "call/bad-argument",
      `--mode ${options.mode} needs the base's data, not a profile.`,
      {
        hint: "The bins of other tools depend on both tables.",
      },
    );
  }
  const engine = await openEngine({ ...memoryLimit(options.memory), digests: "stamps" });
  try {
    const info = await engine.attach(baseTable, resolve(terminal.cwd, base), terminal.signal);
    await engine.attach(currentTable, resolve(terminal.cwd, current), terminal.signal);
    const columns = options.columns ?? info.columns.map(({ name }) => name);
    terminal.progress(`reading ${base} and ${current}`);
    const tables = [baseTable, currentTable] as const;
    const found = await driftLike(mode, engine, tables, columns, options.test, terminal.signal);
    terminal.done();
    const input = { base, current, mode: options.mode, heldTo: mode.heldTo, drift: found };
    terminal.out(format === "json" ? toolDriftJson(input) : toolDriftText(input));
    return found.columns.some(({ drifted }) => drifted === true) || found.skipped.length > 0
      ? exitCode.notKept
      : exitCode.kept;
  } finally {
    await engine.close();
  }
}

function shiftOf(
  { columns }: Drift,
  prediction: string | undefined,
  threshold: number,
  { alpha }: DriftRule,
): PredictionShift | undefined {
  if (prediction === undefined) return undefined;
  const column = columns.find((each) => each.column === prediction);
  if (column !== undefined) return predictionShift(column, { threshold, alpha });
  throw new MusterError(
    "call/bad-argument",
    `--prediction ${JSON.stringify(prediction)} is no column that both sides have.`,
    {
      hint: `They share ${columns
        .map((each) => each.column)
        .slice(0, 20)
        .join(", ")}.`,
    },
  );
}

/** Also as a percentage. */
function positive(text: string, option: string, below = Number.POSITIVE_INFINITY): number {
  const value = text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text.trim() || "NaN");
  if (value > 0 && value < below) return value;
  const range = below === 1 ? "between 0 and 1" : "above 0";
  throw new MusterError("call/bad-argument", `${option} ${JSON.stringify(text)} is no number ${range}.`);
}
