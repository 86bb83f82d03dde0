import { resolve } from "node:path";
import { stringify } from "yaml";
import type { FoundSlice } from "../checks/slices/find-slices.ts";
import { type SlicesReported, searchSlices } from "../evaluate/search-slices.ts";
import { isAttribute, type SliceAttribute } from "../evaluate/slice-attributes.ts";
import { sliceMetrics } from "../evaluate/slice-badness.ts";
import { other } from "../query/aggregate.ts";
import { binLabel } from "../query/labels.ts";
import { formatCount, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { asNumber, metricColumns } from "./measure-columns.ts";
import { memoryLimit } from "./memory-limit.ts";
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
  const most = whole(options.most, "--most", 1, 3);
  const rows = whole(options.rows, "--rows", 2, Number.MAX_SAFE_INTEGER);
  const seed = whole(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER);
  const columns = { ...metricColumns(table, options, true), positive: options.positive };
  const engine = await openEngine(memoryLimit(options.memory));
  try {
    terminal.progress(`reading ${data}`);
    const info = await engine.attach(table, resolve(terminal.cwd, data), terminal.signal);
    const known = info.columns.map(({ name }) => name);
    const parts = [options.label, options.score, options.prediction, options.unit];
    for (const name of [...parts, ...(options.columns ?? [])]) {
      if (name === undefined || known.includes(name)) continue;
      const near = suggest(name, known);
      throw new MusterError("call/bad-argument", `${data} has no column ${JSON.stringify(name)}.`, {
        hint: near === null ? `It has ${known.slice(0, 20).join(", ")}.` : `Did you mean ${near}?`,
      });
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
      },
      terminal.signal,
    );
    terminal.out(format === "json" ? asJson(options, seed, found) : asText(options, found));
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}

function whole(text: string, option: string, least: number, most: number): number {
  const value = asNumber(text, option);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new MusterError(
    "call/bad-argument",
    `${option} ${text} is no whole number from ${least} to ${most}.`,
  );
}

const nameOf = ({ items }: FoundSlice): string =>
  items.map(({ attribute, value }) => `${attribute}=${value ?? "(missing)"}`).join(" ");

function asText({ metric }: SlicesOptions, found: SlicesReported): string {
  const bad = sliceMetrics.get(metric) ?? "bad";
  const head = `${formatCount(found.tested)} slices of ${found.attributes.map(({ name }) => printable(name)).join(", ")} tested, ${found.survivors} tried on the other half, ${found.slices.length} confirmed`;
  const lines = found.slices.map((slice) => {
    const { rate, elsewhere, rows } = slice.confirmed;
    return `${printable(nameOf(slice))}  ${bad} ${formatNumber(rate)}, elsewhere ${formatNumber(elsewhere)}  ${formatCount(rows)} rows  excess ${formatNumber(slice.excess)}  p ${formatNumber(slice.p)}`;
  });
  const yaml = proposal(found);
  const apart =
    found.withoutUnit > 0 ? [`${formatCount(found.withoutUnit)} rows name no unit and were left out`] : [];
  const proposed =
    yaml === null
      ? []
      : ["", "As subgroups of the spec, if they should hold from now on:", "", yaml.trimEnd()];
  return [head, ...lines, ...apart, ...proposed].join("\n");
}

function asJson({ metric }: SlicesOptions, seed: number, found: SlicesReported): string {
  const { tested, passed, survivors, withoutUnit } = found;
  const slices = found.slices.map(({ items, searched, confirmed, p, excess }) => ({
    items,
    searched,
    confirmed,
    p,
    excess,
  }));
  return JSON.stringify(
    {
      metric,
      seed,
      tested,
      passed,
      survivors,
      rows_without_unit: withoutUnit,
      slices,
      subgroups: proposal(found),
    },
    null,
    2,
  );
}

/** The confirmed slices in the words of the spec; "(other)" and missing values have no words there. */
function proposal({ slices, attributes }: SlicesReported): string | null {
  const sayable = slices.filter(({ items }) => items.every(({ value }) => value !== null && value !== other));
  if (sayable.length === 0) return null;
  const used = attributes.flatMap((attribute) => {
    const values = sayable.flatMap(({ items }) =>
      items.flatMap((item) => (item.attribute === attribute.name && item.value !== null ? [item.value] : [])),
    );
    return values.length === 0 ? [] : [subgroup(attribute, [...new Set(values)])];
  });
  const crossed = new Map(
    sayable
      .filter(({ items }) => items.length > 1)
      .map(({ items }) => items.map(({ attribute }) => attribute))
      .map((names) => [names.join("\0"), names] as const),
  );
  const intersections = crossed.size === 0 ? {} : { intersections: [...crossed.values()] };
  return stringify({ evaluation: { subgroups: used, ...intersections } });
}

function subgroup({ name, dimension }: SliceAttribute, values: readonly string[]): object {
  if (dimension.kind === "listed") {
    return { by: name, values: dimension.values.filter((value) => values.includes(String(value))) };
  }
  const { edges } = dimension;
  const ends = edges
    .slice(1)
    .flatMap((end, i) => (values.includes(binLabel(edges, i)) ? [edges[i] ?? end, end] : []));
  return { by: name, bins: [...new Set(ends)].toSorted((a, b) => a - b) };
}
