import type { MetricColumns } from "../checks/metrics/metric.ts";
import { confirmSlices, type SlicesFound } from "../checks/slices/confirm-slices.ts";
import { searchHalf } from "../checks/slices/search-half.ts";
import type { Column, Engine } from "../engine/engine.ts";
import { MusterError } from "../source/muster-error.ts";
import { labelClasses } from "./label-classes.ts";
import { isAttribute, type SliceAttribute, sliceAttributes } from "./slice-attributes.ts";
import { sliceBadness } from "./slice-badness.ts";
import { type CellsRead, type CellsWanted, readChoices, readLeaf } from "./slice-cells.ts";
import { leafFits } from "./slice-leaf.ts";
import { readUnits } from "./slice-units.ts";

export interface SlicesWanted {
  readonly metric: string;
  readonly columns: MetricColumns;
  /** Rows of one unit stay in one half. */
  readonly unit: string;
  readonly seed: number;
  readonly attributes: readonly string[];
  readonly most: 1 | 2 | 3;
  /** The least rows of a slice, in the half that is searched. */
  readonly rows: number;
  /** So many values of an attribute stand for themselves. */
  readonly values: number;
}

export interface SliceTables extends CellsRead, Pick<CellsWanted, "attributes" | "badness"> {
  /** Whether the rows were grouped by all attributes at once, or by each choice of `most` of them. */
  readonly way: "leaf" | "choices";
}

export interface SlicesReported extends SlicesFound {
  readonly of: "rate" | "mean";
  readonly attributes: readonly SliceAttribute[];
  readonly withoutUnit: number;
  readonly way: SliceTables["way"];
}

const sampleRows = 20_000;

/**
 * Finds slices on one half of the units and confirms them on the other. Throws MusterError when the table cannot be searched so:
 * by this metric, unit or attribute.
 */
export async function searchSlices(
  engine: Engine,
  wanted: SlicesWanted,
  signal?: AbortSignal,
): Promise<SlicesReported> {
  const { most, rows, unit, seed } = wanted;
  const read = await readSliceTables(engine, wanted, signal);
  const { attributes, badness, tables, withoutUnit, way } = read;
  const { of } = badness;
  const candidates = searchHalf({ attributes, tables, of, most, rows });
  const { table } = wanted.columns;
  const asked = { table, attributes, badness, unit, seed };
  const units = await readUnits(engine, asked, candidates.survivors, signal);
  return { ...confirmSlices(candidates, units, attributes, of), of, attributes, withoutUnit, way };
}

/** What a search adds up: the attributes, and the badness of each half by their groups. */
export async function readSliceTables(
  engine: Engine,
  { metric, columns, unit, seed, most, rows, values, attributes: names }: SlicesWanted,
  signal?: AbortSignal,
  way?: SliceTables["way"],
): Promise<SliceTables> {
  const { table } = columns;
  const ofClasses =
    metric === "accuracy" && columns.prediction !== undefined && columns.threshold === undefined;
  const classes = ofClasses ? await labelClasses(engine, table, columns.label, signal) : [];
  const badness = sliceBadness(metric, columns, classes);
  if (typeof badness === "string") {
    throw new MusterError("call/bad-argument", `Slices of ${metric} cannot be searched: ${badness}.`);
  }
  const info = engine.info(table);
  const known = names.flatMap((name) => asAttribute(info.columns, name));
  if (known.length === 0) {
    throw new MusterError("call/bad-argument", "There is no column whose values could make slices.", {
      hint: "Attributes are texts, flags and numbers that play no other part: name some by --columns.",
    });
  }
  if (info.rows === 0) throw new MusterError("call/bad-argument", "The data has no rows to search.");
  const sample = await engine.sample(
    table,
    known.map(({ name }) => name),
    sampleRows,
    signal,
  );
  const limits = { values, rows };
  const given = { sample, all: info.rows, limits };
  const attributes = await sliceAttributes(engine, table, known, given, signal);
  if (attributes.length === 0) {
    throw new MusterError(
      "call/bad-argument",
      `No column has two values, one of them in ${rows} rows or more.`,
      {
        hint: "Name others by --columns, or allow smaller slices by --rows.",
      },
    );
  }
  const wanted = { table, attributes, badness, unit, seed };
  const atOnce = way ?? (leafFits(attributes, sample, info.rows) ? "leaf" : "choices");
  const read =
    attributes.length <= most || atOnce === "leaf"
      ? await readLeaf(engine, wanted, signal)
      : await readChoices(engine, wanted, most, info.rows, signal);
  return { ...read, attributes, badness, way: attributes.length <= most ? "leaf" : atOnce };
}

function asAttribute(columns: readonly Column[], name: string): Column {
  const own = columns.find((column) => column.name === name);
  if (own !== undefined && isAttribute(own)) return own;
  const what = own === undefined ? "is not there" : `holds ${own.type === "datetime" ? "times" : own.native}`;
  throw new MusterError(
    "call/bad-argument",
    `Column ${JSON.stringify(name)} ${what}, and cannot be an attribute.`,
    { hint: "Attributes are texts, flags and numbers. Of a time, add the part that matters as a column." },
  );
}
