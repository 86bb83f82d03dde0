import { featureSeparation } from "../../checks/data/feature-separation.ts";
import { noLeakage } from "../../checks/data/no-leakage.ts";
import { splitByTime } from "../../checks/data/split-by-time.ts";
import { timeOverlap } from "../../checks/data/time-overlap.ts";
import type { InputType } from "../../spec/contract-section.ts";
import type { DataSection } from "../../spec/data-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { tables } from "./tables.ts";

const section = "data";
const noTraining = "the data section names no training table";
const noEvaluation = "the data section names no evaluation table";
const noTime = "the data section names no time column";
const ordered: readonly InputType[] = ["integer", "float", "boolean", "datetime"];

/** What of the evaluation data may not be known from the training data: rows, units, later times, the label itself. */
export function compileLeakage(spec: Spec, data: DataSection, writer: ClaimWriter): void {
  const { keys, entities, time, features } = data.requirements?.no_leakage ?? {};
  const line = (at: readonly (string | number)[], path: string, says: string) =>
    ({
      section,
      stage: "data",
      at: ["data", "requirements", "no_leakage", ...at],
      path: `data.requirements.no_leakage${path}`,
      says,
    }) as const;
  const both = noTables(data);
  const pair = { training: tables.training, evaluation: tables.evaluation };
  if (keys !== undefined) {
    const here = line([], "", `No evaluation row has a ${keys.join(" + ")} of the training data`);
    if (both !== null) writer.open(here, both);
    else writer.decided(here, noLeakage, { ...pair, keys }, {});
  }
  entities?.forEach((entity, i) => {
    const says = `No ${entity} of the evaluation data stands in the training data`;
    const here = line(["entities", i], `.entities.${entity}`, says);
    if (both !== null) writer.open(here, both);
    else writer.decided(here, noLeakage, { ...pair, keys: [entity] }, {});
  });
  if (time !== undefined) {
    const { max_overlap: max } = time;
    const says =
      max.value === 0
        ? "Every evaluation row is later than all training rows"
        : `At most ${max.text} of the evaluation rows are not later than all training rows`;
    const here = line(["time"], ".time", says);
    const column = data.time?.column;
    if (both !== null) writer.open(here, both);
    else if (column === undefined) writer.open(here, noTime);
    else writer.decided(here, timeOverlap, { ...pair, time: column }, { max: max.value });
  }
  if (features !== undefined) {
    const { max_roc_auc: max } = features;
    const here = line(
      ["features"],
      ".features",
      `No input alone tells the label better than a roc_auc of ${max}`,
    );
    const { column: label, positive } = data.label ?? {};
    const columns = (spec.contract?.inputs ?? [])
      .filter(({ type }) => ordered.includes(type))
      .map(({ name }) => name);
    if (data.training === undefined) writer.open(here, noTraining);
    else if (label === undefined) writer.open(here, "the data section names no label column");
    else if (positive === undefined)
      writer.open(here, "the label names no positive class (data.label.positive)");
    else if (columns.length === 0) writer.open(here, "no input of the contract has an order");
    else
      writer.decided(here, featureSeparation, { table: tables.training, columns, label, positive }, { max });
  }
}

/** How rows were told apart, as far as the rows show it; a split by chance leaves no trace that could be read. */
export function compileSplit(data: DataSection, writer: ClaimWriter): void {
  const { split } = data;
  if (split === undefined) return;
  const how = { random: "at random", by_unit: "by unit", by_time: "by time" }[split.method];
  const says = `Training and evaluation rows were split ${how}${split.at === undefined ? "" : ` at ${split.at.text}`}`;
  const line = (stage: "data" | "live") =>
    ({ section, stage, at: ["data", "split"], path: "data.split", says }) as const;
  const pair = { training: tables.training, evaluation: tables.evaluation };
  const unit = data.evaluation?.unit_id;
  const time = data.time?.column;
  const both = noTables(data);
  if (both !== null) writer.open(line("live"), both);
  else if (split.method === "by_time" && time !== undefined) {
    if (split.at !== undefined) {
      writer.decided(line("data"), splitByTime, { ...pair, time }, { atMs: split.at.startMs });
    } else writer.decided(line("data"), timeOverlap, { ...pair, time }, { max: 0 });
  } else if (split.method === "by_unit" && unit !== undefined) {
    writer.decided(line("data"), noLeakage, { ...pair, keys: [unit] }, {});
  } else {
    const because = {
      random: "no data shows whether chance alone decided",
      by_unit: "the evaluation data names no unit (data.evaluation.unit_id)",
      by_time: noTime,
    }[split.method];
    writer.open(line("live"), because);
  }
}

function noTables(data: DataSection): string | null {
  if (data.training === undefined) return noTraining;
  return data.evaluation === undefined ? noEvaluation : null;
}
