import { readCount } from "../spec/quantity-count.ts";
import { readDuration } from "../spec/quantity-duration.ts";
import { readRate } from "../spec/quantity-rate.ts";
import { readSize } from "../spec/quantity-size.ts";

// Quantities as people write them in prose, as the text that the spec language has for them; null where there is none.

const digits = "\\d[\\d_]*(?:,\\d{3})*(?:\\.\\d+)?";

/** What is not said: nothing, a dash, or words to that effect. */
export const isEmpty = (text: string): boolean => /^(?:[-–—.]*|n\/?a|none|unknown)$/i.test(text.trim());

/** A blank of a template that nobody has filled in: `[Value]`, `<[Xms]`, `TBD`, `TODO`. A range, `[0, 1]`, is none. */
export function isOpen(text: string): boolean {
  const trimmed = text.trim();
  if (/^(?:tbd|todo|tbc|xxx|\?+)\b/i.test(trimmed)) return true;
  return /^[<>≤≥~\s]*\[(?=[^\]]*\p{L})[^\]]*\]?/u.test(trimmed) && !/^\[[ x]\]/i.test(trimmed);
}

export function durationIn(text: string): string | null {
  const exact = new RegExp(`(?<![\\w.])(?:${digits}(?:ms|s|m|h|d|w))+(?![A-Za-z])`).exec(text);
  if (exact !== null && readDuration(exact[0]).ok) return exact[0];
  const units =
    "ms|millisec\\w*|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?";
  const found = new RegExp(`(?<![\\w.])(${digits})[\\s-]*(${units})\\b`, "i").exec(text);
  if (found === null) return null;
  const unit = (found[2] ?? "").toLowerCase();
  const amount = (found[1] ?? "").replaceAll(",", "");
  const days = unit.startsWith("month") ? 30 : unit.startsWith("year") ? 365 : null;
  if (days !== null) return checked(`${Number(amount.replaceAll("_", "")) * days}d`);
  return checked(`${amount}${/^m(?:s|illi)/.test(unit) ? "ms" : unit[0]}`);
}

const checked = (text: string): string | null => (readDuration(text).ok ? text : null);

/** `95%`, or a fraction such as `0.95`. */
export function shareIn(text: string): string | null {
  const percent = /(?<![\w.])(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b)/i.exec(text);
  if (percent !== null) return Number(percent[1]) <= 100 ? `${percent[1]}%` : null;
  return /(?<![\w.])(?:0?\.\d+|0\.0|1\.0|[01])(?![\w.%])/.exec(text)?.[0] ?? null;
}

export function rateIn(text: string): string | null {
  const found = new RegExp(
    `(${digits})\\s*([kKM])?\\s*(?:(?:requests?|req|calls?|queries|predictions?)\\s*)?(?:(?:/|per)\\s*(s|m|h|d|sec|second|min|minute|hr|hour|day)\\b|(qps|rps|tps)\\b)`,
    "i",
  ).exec(text);
  if (found === null) return null;
  const unit = found[4] === undefined ? (found[3] ?? "s")[0]?.toLowerCase() : "s";
  const rate = `${scaled(found[1] ?? "", found[2])}/${unit}`;
  return readRate(rate).ok ? rate : null;
}

export function sizeIn(text: string): string | null {
  const found = new RegExp(`(${digits})\\s*([KMGT]iB|[kKMGT]B|B)\\b`).exec(text);
  if (found === null) return null;
  const size = `${(found[1] ?? "").replaceAll(",", "")}${(found[2] ?? "").replace(/^KB$/, "kB")}`;
  return readSize(size).ok ? size : null;
}

/** A whole number: `1_000_000`, `1,000,000`, `3M`, `2.5 million`, `10k`. */
export function countIn(text: string): string | null {
  const found = new RegExp(`(?<![\\w.])(${digits})\\s*(k|K|M|million|thousand|bn|billion)?(?![\\w%])`).exec(
    text,
  );
  if (found === null) return null;
  const count = scaled(found[1] ?? "", found[2]);
  return readCount(count, { unit: null, least: 1, fractions: "refused" }).ok ? count : null;
}

function scaled(amount: string, unit: string | undefined): string {
  if (unit === undefined) return amount.replaceAll(",", "_");
  const factor = /^k|^th/i.test(unit) ? 1e3 : /^b/i.test(unit) ? 1e9 : 1e6;
  return grouped(Number((Number(amount.replace(/[,_]/g, "")) * factor).toPrecision(12)));
}

/** `1_000_000` for what is read more easily so. */
export const grouped = (count: number): string =>
  count >= 10_000 && Number.isInteger(count) ? String(count).replace(/\B(?=(\d{3})+$)/g, "_") : String(count);

/** A count as a spec writes it: a plain number while it is short, in groups of three digits when it is long. */
export const countValue = (count: number): string | number => (count >= 10_000 ? grouped(count) : count);

export const cpusIn = (text: string): string | null => {
  const found = /(\d+(?:\.\d+)?)\s*(?:x\s*)?(?:v?cpus?|cores?)\b/i.exec(text);
  return found === null ? null : `${found[1]} vCPU`;
};

const oneNumber = "[-+]?(?:\\d[\\d_]*(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d+)?";

/** Two ends of a range: `0–1`, `[0, 1]`, `10 to 6000`. */
export function rangeIn(text: string): readonly [number, number] | null {
  const found = new RegExp(
    `(?<![\\w.])(${oneNumber})\\s*(?:–|—|-|to|,|\\.\\.+|…)\\s*(${oneNumber})(?![\\w])`,
  ).exec(text);
  if (found === null) return null;
  const ends = [toNumber(found[1]), toNumber(found[2])] as const;
  return ends[0] < ends[1] ? ends : null;
}

const toNumber = (text: string | undefined): number => Number((text ?? "").replaceAll("_", ""));

export interface Limit {
  readonly sense: "above" | "below" | null;
  /** A share keeps its percent sign; a duration its unit. */
  readonly value: string;
}

/** `>0.1`, `≥ 95%`, `below 0.45`, `at most 200ms`: a number with the side that is meant. */
export function limitsIn(text: string): Limit[] {
  const found: Limit[] = [];
  const pattern = new RegExp(
    `(>=?|<=?|≥|≤|\\b(?:at least|at most|above|below|under|over|more than|less than|greater than|min(?:imum)?|max(?:imum)?|no more than|no less than)\\b)?\\s*(${oneNumber})\\s*(%|ms\\b|s\\b|m\\b)?`,
    "gi",
  );
  for (const match of text.matchAll(pattern)) {
    const word = (match[1] ?? "").toLowerCase();
    const above = /^(?:>|≥|at least|above|over|more|greater|min|no less)/.test(word);
    const below = /^(?:<|≤|at most|below|under|less|max|no more)/.test(word);
    const unit = match[3] ?? "";
    found.push({ sense: above ? "above" : below ? "below" : null, value: `${match[2]}${unit}` });
    if (found.length >= 8) break;
  }
  return found;
}

/** A percentage becomes its fraction; everything else is the number that it is. */
export function plainNumber(value: string): number | null {
  const percent = value.endsWith("%");
  const number = Number((percent ? value.slice(0, -1) : value).replaceAll("_", ""));
  if (!Number.isFinite(number)) return null;
  return percent ? Number((number / 100).toPrecision(15)) : number;
}

/** Words as a name of the language: `Log transform` becomes `log_transform`; a name stays as it is. */
export function nameOf(text: string): string | null {
  const trimmed = text.trim().replace(/^`|`$/g, "");
  if (/^(?!(?:__proto__|constructor|prototype)$)[A-Za-z0-9_.-]{1,128}$/.test(trimmed)) return trimmed;
  const name = trimmed
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 128);
  return name === "" || /^(?:__proto__|constructor|prototype)$/.test(name) ? null : name;
}

/** Words as an RFC 1123 label, as the name of a spec has to be one. */
export function labelOf(text: string): string | null {
  const label = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return label === "" ? null : label;
}

const metricNames: ReadonlyMap<string, string> = new Map([
  ["auc", "roc_auc"],
  ["auroc", "roc_auc"],
  ["auc_roc", "roc_auc"],
  ["roc_auc_score", "roc_auc"],
  ["pr_auc", "average_precision"],
  ["auprc", "average_precision"],
  ["auc_pr", "average_precision"],
  ["f1_score", "f1"],
  ["rmse", "root_mean_squared_error"],
  ["mse", "mean_squared_error"],
  ["mae", "mean_absolute_error"],
  ["mape", "mean_absolute_percentage_error"],
  ["ece", "expected_calibration_error"],
  ["mcc", "matthews_corrcoef"],
  ["r_squared", "r2"],
  ["sensitivity", "recall"],
]);

/** A metric by the name that Muster has for it; one that nobody knows under another name stays as it is. */
export function metricOf(text: string): string | null {
  const name = nameOf(text.replace(/\(.*?\)/g, " "));
  if (name === null) return null;
  const known = metricNames.get(name.toLowerCase().replaceAll("-", "_"));
  // "Recall" and "BLEU" are written so for the eye; "rougeL" is a name.
  return known ?? (/^[A-Z]+$|^[A-Z][a-z]+$/.test(name) ? name.toLowerCase() : name);
}

/** Whether less of the metric is better, by its name. */
export const lessIsBetter = (metric: string): boolean =>
  /error|loss|rmse|(?:^|_)mae|(?:^|_)mse|mape|bias|perplexity|wer|cer|brier|false_(?:positive|negative)_rate|distance|toxicity/i.test(
    metric,
  );
