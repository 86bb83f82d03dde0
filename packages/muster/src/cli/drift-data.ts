import { resolve } from "node:path";
import { type Drift, type DriftRule, drift } from "../evaluate/drift/drift.ts";
import { type PredictionShift, predictionShift } from "../evaluate/drift/prediction-shift.ts";
import { driftJson } from "../report/drift-json.ts";
import { driftText } from "../report/drift-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { type BaseOptions, openBase } from "./drift-base.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { paintOf } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

export interface DriftDataOptions extends BaseOptions {
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
  const engine = await openEngine();
  try {
    await engine.attach(currentTable, resolve(terminal.cwd, current), terminal.signal);
    const from = await openBase(base, options, engine, terminal);
    terminal.progress(`reading ${current}`);
    const found = await drift(engine, currentTable, from, rule, terminal.signal, options.exact === true);
    const shift = shiftOf(found, options.prediction, most, rule);
    terminal.done();
    const input = { base, current, drift: found, rule, ...(shift === undefined ? {} : { shift }) };
    terminal.out(format === "json" ? driftJson(input) : driftText(input, { paint: paintOf(terminal.color) }));
    const quiet = found.columns.every(({ outcome }) => outcome === "steady") && found.skipped.length === 0;
    return quiet && (shift === undefined || shift.outcome === "steady") ? exitCode.kept : exitCode.notKept;
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
