import { resolve } from "node:path";
import { searchSlices } from "../evaluate/search-slices.ts";
import { isAttribute } from "../evaluate/slice-attributes.ts";
import { sliceMetrics } from "../evaluate/slice-badness.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { metricColumns } from "./measure-columns.ts";
import { memoryLimit } from "./memory-limit.ts";
import { noColumn } from "./no-column.ts";
import { wholeNumber } from "./number-option.ts";
import { slicesAsJson, slicesAsText } from "./slices-output.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

export interface SlicesOptions {
  readonly memory?: string;
  readonly label: string;
  readonly unit: string;
  readonly metric: string;
  readonly score?: string;
  readonly prediction?: string;
  readonly threshold?: string;
  readonly positive: string;
  readonly columns?: readonly string[];
  readonly most: string;
  readonly rows: string;
  readonly values: string;
  readonly seed: string;
  readonly format: string;
}

const table = "data";

/** `muster slices`: finds slices and proposes them as subgroups; it decides nothing and changes no spec. */
export async function slicesOfData(
  data: string,
  options: SlicesOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  if (!sliceMetrics.has(options.metric)) {
    const near = suggest(options.metric, [...sliceMetrics.keys()]);
    throw new MusterError(
      "call/bad-argument",
      `Slices of ${JSON.stringify(options.metric)} cannot be searched.`,
      {
        hint: near === null ? `Of ${[...sliceMetrics.keys()].join(", ")} they can.` : `Did you mean ${near}?`,
      },
    );
  }
  const most = wholeNumber(options.most, "--most", 1, 3);
  const rows = wholeNumber(options.rows, "--rows", 2, Number.MAX_SAFE_INTEGER);
  const values = wholeNumber(options.values, "--values", 2, 100);
  const seed = wholeNumber(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER);
  const columns = { ...metricColumns(table, options, true), positive: options.positive };
  const engine = await openEngine(memoryLimit(options.memory));
  try {
    terminal.progress(`reading ${data}`);
    const info = await engine.attach(table, resolve(terminal.cwd, data), terminal.signal);
    const known = info.columns.map(({ name }) => name);
    const parts = [options.label, options.score, options.prediction, options.unit];
    for (const name of [...parts, ...(options.columns ?? [])]) {
      if (name !== undefined && !known.includes(name)) throw noColumn(data, name, known);
    }
    const attributes =
      options.columns ??
      info.columns.filter((own) => isAttribute(own) && !parts.includes(own.name)).map(({ name }) => name);
    terminal.progress(`searching slices of ${attributes.length} columns`);
    const found = await searchSlices(
      engine,
      {
        metric: options.metric,
        columns,
        unit: options.unit,
        seed,
        attributes,
        most: most as 1 | 2 | 3,
        rows,
        values,
      },
      terminal.signal,
    );
    terminal.out(
      format === "json" ? slicesAsJson(options.metric, seed, found) : slicesAsText(options.metric, found),
    );
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}
