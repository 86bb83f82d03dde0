import { dayMs, hourMs } from "../../checks/data/cell-gaps.ts";
import { classBalance } from "../../checks/data/class-balance.ts";
import { classRows } from "../../checks/data/class-rows.ts";
import { classShares } from "../../checks/data/class-shares.ts";
import { dateGaps } from "../../checks/data/date-gaps.ts";
import { dateRange } from "../../checks/data/date-range.ts";
import { duplicates } from "../../checks/data/duplicates.ts";
import { freshness } from "../../checks/data/freshness.ts";
import { labelAudit } from "../../checks/data/label-audit.ts";
import { labelConflicts } from "../../checks/data/label-conflicts.ts";
import { labelQuality } from "../../checks/data/label-quality.ts";
import { missingShare } from "../../checks/data/missing-share.ts";
import { rowCount } from "../../checks/data/row-count.ts";
import { schemaMatch } from "../../checks/data/schema-match.ts";
import { countText } from "../../checks/number-text.ts";
import type { Scalar } from "../../query/scalar.ts";
import type { DataRequirements, DataSection } from "../../spec/data-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";
import { auditSubject, confidenceOf } from "./data-audit.ts";
import { compileLeakage } from "./data-leakage.ts";
import { tables } from "./tables.ts";

const section = "data";
const noLabel = "the data section names no label column";
const noTime = "the data section names no time column";

/** What every requirement is written with. `table` is null where the section names no training data. */
interface Writing {
  readonly spec: Spec;
  readonly data: DataSection;
  readonly required: DataRequirements;
  readonly writer: ClaimWriter;
  readonly label: string | undefined;
  readonly time: string | undefined;
  /** Writes a requirement: undecided for the first of `unless` that is true. */
  claim(
    keys: readonly string[],
    says: string,
    unless: readonly (readonly [boolean, string])[],
    decide: (line: Parameters<ClaimWriter["decided"]>[0]) => void,
  ): void;
}

const table = tables.training;

/** The requirements of section 3. One whose table or column the section does not name stays open, with the reason. */
export function compileRequirements(spec: Spec, data: DataSection, writer: ClaimWriter): void {
  const { requirements: required } = data;
  if (required === undefined) return;
  const writing: Writing = {
    spec,
    data,
    required,
    writer,
    label: data.label?.column,
    time: data.time?.column,
    claim(keys, says, unless, decide) {
      const at = ["data", "requirements", ...keys];
      const line = { section, stage: "data", at, path: at.join("."), says } as const;
      const missing: readonly (readonly [boolean, string])[] = [
        [data.training === undefined, "the data section names no training table"],
        ...unless,
      ];
      const open = missing.find(([is]) => is);
      if (open === undefined) decide(line);
      else writer.open(line, open[1]);
    },
  };
  compileExamples(writing);
  compileTimes(writing);
  compileLabels(writing);
  compileColumns(writing);
  compileLeakage(spec, data, writer);
}

function compileExamples({ required, writer, label, spec, data, claim }: Writing): void {
  const { total, per_class: perClass } = required.examples ?? {};
  if (total !== undefined) {
    const { value } = total;
    const what = `${label === undefined ? "" : "labelled "}example${value === 1 ? "" : "s"}`;
    claim(["examples", "total"], `The training data has at least ${countText(value)} ${what}`, [], (line) => {
      const subject = { table, ...(label === undefined ? {} : { label }) };
      writer.decided(line, rowCount, subject, { atLeast: value });
    });
  }
  if (perClass !== undefined) {
    const { value } = perClass;
    const says = `Every class has at least ${countText(value)} training example${value === 1 ? "" : "s"}`;
    claim(["examples", "per_class"], says, noClasses(spec, label), (line) => {
      const classes = declaredClasses(data);
      const promise = { atLeast: value, ...(classes.length === 0 ? {} : { classes }) };
      writer.decided(line, classRows, { table, label: label ?? "" }, promise);
    });
  }
}

/** Classes that the spec speaks of, so that they can be missed. */
export function declaredClasses({ label }: DataSection): readonly Scalar[] {
  return label?.classes ?? (label?.positive === undefined ? [] : [label.positive]);
}

export function noClasses(spec: Spec, label: string | undefined): readonly (readonly [boolean, string])[] {
  const output = spec.problem?.output;
  return [
    [
      output !== "classification" && output !== "anomaly_detection",
      "only a classification or an anomaly detection has classes",
    ],
    [label === undefined, noLabel],
  ];
}

function compileTimes({ required, writer, time, data, claim }: Writing): void {
  const { dates } = required;
  const unless = [[time === undefined, noTime]] as const;
  if (dates !== undefined) {
    const { from, to, max_gap: gap } = dates;
    const says = `The training data begins on ${from.text} and ends on ${to.text}`;
    claim(["dates"], says, unless, (line) => {
      const promise = { fromMs: from.startMs, toMs: to.startMs };
      writer.decided(line, dateRange, { table, time: time ?? "" }, promise);
    });
    if (gap !== undefined) {
      const cellMs = cellOf(gap.ms);
      const noun = cellMs === dayMs ? "days" : "hours";
      const gapSays = `Two neighbouring ${noun} with training rows begin at most ${gap.text} apart`;
      claim(["dates", "max_gap"], gapSays, unless, (line) => {
        writer.decided(line, dateGaps, { table, time: time ?? "", cellMs }, { maxMs: gap.ms, cellMs });
      });
    }
  }
  if (required.freshness !== undefined) {
    const { ms, text } = required.freshness;
    const asOf = data.time?.as_of;
    const says = `The newest training example is at most ${text} old${asOf === undefined ? "" : ` as of ${asOf.text}`}`;
    claim(["freshness"], says, unless, (line) => {
      const promise = { maxAgeMs: ms, asOfMs: asOf?.startMs ?? null };
      writer.decided(line, freshness, { table, time: time ?? "" }, promise);
    });
  }
}

/** Whole days are told by days, all else by hours. */
export const cellOf = (ms: number): number => (ms % dayMs === 0 ? dayMs : hourMs);

function compileLabels(writing: Writing): void {
  const { spec, data, required, writer, label, claim } = writing;
  if (required.label_quality !== undefined) {
    const { verified } = required.label_quality;
    const { verified_by: verifiedBy } = data.label ?? {};
    const audit = auditSubject(data);
    const [says, unless] =
      verifiedBy === undefined && audit !== null
        ? [`At least ${verified.text} of the training labels stand up to a review of a random sample`, []]
        : [
            `At least ${verified.text} of the training labels are verified`,
            [
              [label === undefined, noLabel],
              [
                verifiedBy === undefined,
                "neither a column (data.label.verified_by) nor an audit (data.label.audit) says which labels were verified",
              ],
            ] as const,
          ];
    claim(["label_quality"], says, unless, (line) => {
      if (verifiedBy !== undefined) {
        const subject = { table, label: label ?? "", verifiedBy, yes: true };
        writer.decided(line, labelQuality, subject, { atLeast: verified.value });
      } else if (audit !== null) {
        writer.decided(line, labelAudit, audit, { atLeast: verified.value, confidence: confidenceOf(spec) });
      }
    });
  }
  compileBalance(writing);
  if (required.label_conflicts !== undefined) {
    const { max, features } = required.label_conflicts;
    const named = features ?? spec.contract?.inputs.map(({ name }) => name) ?? [];
    const what = features === undefined ? "inputs" : features.join(", ");
    const says = `At most ${max.text} of the labelled training rows stand there with the same ${what} and another label`;
    const unless = [
      [label === undefined, noLabel],
      [named.length === 0, "neither features nor inputs of the contract are named"],
    ] as const;
    claim(["label_conflicts"], says, unless, (line) => {
      writer.decided(
        line,
        labelConflicts,
        { table, features: named, label: label ?? "" },
        { max: max.value },
      );
    });
  }
}

function compileBalance({ spec, data, required, writer, label, claim }: Writing): void {
  const balance = required.class_balance;
  if (balance === undefined) return;
  const subject = { table, label: label ?? "" };
  const unless = noClasses(spec, label);
  const classes = declaredClasses(data);
  const { max_share: most, min_share: least, max_ratio: ratio, shares, max_deviation: deviation } = balance;
  if (most !== undefined) {
    claim(
      ["class_balance"],
      `No class makes up more than ${most.text} of the training data`,
      unless,
      (line) => {
        writer.decided(line, classBalance, subject, { maxShare: most.value });
      },
    );
  }
  if (least !== undefined) {
    const says = `Every class makes up at least ${least.text} of the training data`;
    claim(["class_balance", "min_share"], says, unless, (line) => {
      writer.decided(line, classShares, subject, { kind: "min_share", minShare: least.value, classes });
    });
  }
  if (ratio !== undefined) {
    const says = `The largest class has at most ${ratio} training rows for one of the smallest`;
    claim(["class_balance", "max_ratio"], says, unless, (line) => {
      writer.decided(line, classShares, subject, { kind: "max_ratio", maxRatio: ratio, classes });
    });
  }
  if (shares !== undefined && deviation !== undefined) {
    const stated = Object.entries(shares).map(([value, share]) => ({ value, share: share.value }));
    const list = Object.entries(shares).map(([value, share]) => `${value} ${share.text}`);
    const says = `The classes have the shares ${list.slice(0, 5).join(", ")}${list.length > 5 ? " .." : ""}, within ${deviation.text}`;
    claim(["class_balance", "shares"], says, unless, (line) => {
      const promise = { kind: "shares", shares: stated, maxDeviation: deviation.value } as const;
      writer.decided(line, classShares, subject, promise);
    });
  }
}

function compileColumns({ required, writer, claim }: Writing): void {
  const { schema, max_missing: missing, duplicates: twice } = required;
  if (schema !== undefined) {
    const columns = Object.entries(schema.columns).map(([name, type]) => ({ name, type }));
    const others = schema.others ?? "allowed";
    const says = `The training data has its ${countText(columns.length)} declared column${columns.length === 1 ? "" : "s"} with their types${others === "refused" ? ", and no other" : ""}`;
    claim(["schema"], says, [], (line) => {
      writer.decided(line, schemaMatch, { table }, { columns, others });
    });
  }
  for (const [column, share] of Object.entries(missing ?? {})) {
    const says = `At most ${share.text} of the training rows have no value of ${column}`;
    claim(["max_missing", column], says, [], (line) => {
      writer.decided(line, missingShare, { table, column }, { max: share.value });
    });
  }
  if (twice !== undefined) {
    const { max, keys } = twice;
    const what = keys === undefined ? "earlier row" : `earlier row's ${keys.join(" + ")}`;
    claim(["duplicates"], `At most ${max.text} of the training rows repeat an ${what}`, [], (line) => {
      writer.decided(line, duplicates, { table, columns: keys ?? [] }, { max: max.value });
    });
  }
}
