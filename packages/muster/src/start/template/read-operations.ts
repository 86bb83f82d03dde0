import type { Words } from "../markdown.ts";
import { type Raw, rawMap } from "../raw.ts";
import {
  countIn,
  cpusIn,
  durationIn,
  isEmpty,
  limitsIn,
  metricOf,
  nameOf,
  plainNumber,
  rateIn,
  shareIn,
  sizeIn,
} from "../words.ts";
import { keepWords, putRead, said, type TemplateReading } from "./reading.ts";

type Reader = (reading: TemplateReading, words: Words) => void;

const one =
  (path: readonly string[], read: (text: string) => string | null, wanted: string): Reader =>
  (reading, words) => {
    if (said(reading, words, ["deployment", ...path])) {
      putRead(reading, words, ["deployment", ...path], read(words.text), wanted);
    }
  };

const keptCount = (text: string): string | null => (/\d/.test(text) ? countIn(text) : null);

/** The bullets of section 6 by their prompts. */
const prompts: readonly (readonly [RegExp, Reader])[] = [
  [/^p50/i, one(["latency", "p50"], durationIn, "a duration such as 50ms")],
  [/^p99/i, one(["latency", "p99"], durationIn, "a duration such as 200ms")],
  [/^timeout/i, readTimeout],
  [/^peak/i, one(["throughput", "peak"], rateIn, "a rate such as 500/s")],
  [/^burst/i, readBurst],
  [/^per[- ]client/i, one(["throughput", "per_client"], rateIn, "a rate such as 100/s")],
  [/^compute/i, one(["infrastructure", "compute"], cpusIn, "a number of processors such as 2 vCPU")],
  [/^memory/i, one(["infrastructure", "memory"], sizeIn, "a size such as 1GiB")],
  [/^model size/i, one(["infrastructure", "model_size"], sizeIn, "a size such as 10MiB")],
  [/^(?:model )?versioning/i, one(["versioning", "keep"], keptCount, "a number of versions that are kept")],
  [/^rollback/i, one(["rollback", "within"], durationIn, "a duration such as 5 minutes")],
  [/^shadow/i, readShadow],
];

export function readDeployment(reading: TemplateReading, prompt: string, answer: Words): boolean {
  const found = prompts.find(([pattern]) => pattern.test(prompt));
  found?.[1](reading, answer);
  return found !== undefined;
}

/** `fallback after 50ms`: what happens is the edge case of section 2, which it must not contradict. */
function readTimeout(reading: TemplateReading, words: Words): void {
  const { draft } = reading;
  if (!said(reading, words, ["deployment", "latency", "timeout"])) return;
  const after = durationIn(words.text);
  if (after !== null) draft.put(["deployment", "latency", "timeout"], after);
  const policy = /cache/i.test(words.text)
    ? "cached"
    : /fallback/i.test(words.text)
      ? "fallback"
      : /error/i.test(words.text)
        ? "error"
        : null;
  const path = ["contract", "edge_cases", "latency_exceeded"];
  const known = draft.get(path);
  if (policy !== null && known === undefined) draft.put(path, policy);
  else if (policy !== null && known !== policy) {
    draft.keep(
      "MU-S505",
      ["deployment", "latency", "timeout"],
      words.at,
      `The timeout leads to ${policy}, and section 2 says ${String(known)}.`,
      `timeout behavior: ${words.text}`,
    );
  }
  if (after === null && policy === null)
    keepWords(reading, words, ["deployment", "latency", "timeout"], "Timeout behavior");
  else if (after === null)
    draft.note(
      ["deployment", "latency", "timeout"],
      "TODO timeout: the caller's whole budget, such as 200ms",
    );
}

/** `1000/s for 10s, then shed` */
function readBurst(reading: TemplateReading, words: Words): void {
  const path = ["deployment", "throughput", "burst"];
  if (!said(reading, words, path)) return;
  const rate = rateIn(words.text);
  const lasts = durationIn(words.text.replace(/\d[\d_,.]*\s*\/\s*\w+/g, " "));
  const then = /queue|buffer/i.test(words.text)
    ? "queue"
    : /shed|reject|refuse|drop|429|limit/i.test(words.text)
      ? "shed"
      : null;
  if (rate === null || lasts === null || then === null) {
    keepWords(reading, words, path, "Burst handling");
    return;
  }
  reading.draft.put(
    path,
    rawMap([
      ["rate", rate],
      ["for", lasts],
      ["then", then],
    ]),
  );
}

/** `100% of requests, 10_000 requests` */
function readShadow(reading: TemplateReading, words: Words): void {
  const path = ["deployment", "shadow"];
  if (!said(reading, words, path)) return;
  const share = /(\d+(?:\.\d+)?\s*%)/.test(words.text)
    ? shareIn(words.text)
    : /parallel|all traffic|full/i.test(words.text)
      ? "100%"
      : null;
  if (share === null) {
    keepWords(reading, words, path, "Shadow mode");
    return;
  }
  const requests = countIn(words.text.replace(/\d+(?:\.\d+)?\s*%/g, " "));
  reading.draft.put(path, rawMap([["share", share]]));
  if (requests !== null) putRead(reading, words, [...path, "requests"], requests, "a number of requests");
  if (!/%/.test(words.text)) keepWords(reading, words, path, "Shadow mode");
}

const windows = { performance: "7d", input_drift: "1d", prediction_drift: "7d", latency: "5m" } as const;

/** Signal | Metric | Alert threshold | Owner */
export function readSignal(
  reading: TemplateReading,
  [name, metric, threshold, owner]: readonly Words[],
): void {
  if (name === undefined || threshold === undefined) return;
  const { draft } = reading;
  const key = signalOf(name.text);
  if (key === null) {
    draft.keep(
      "MU-S501",
      ["monitoring"],
      name.at,
      `The signal "${name.text}" has no line of its own in a spec.`,
      [name, metric, threshold, owner].map((w) => w?.text ?? "").join(" | "),
    );
    return;
  }
  const path = ["monitoring", key];
  if (!said(reading, threshold, path)) return;
  const role = owner === undefined || isEmpty(owner.text) ? null : roleOf(reading, owner);
  if (key === "no_data") {
    const after = durationIn(threshold.text);
    if (putRead(reading, threshold, [...path, "after"], after, "a duration") && role !== null)
      draft.put([...path, "owner"], role);
    return;
  }
  const signal = rawMap([["metric", signalMetric(key, metric?.text ?? "", threshold.text)]]);
  const over = /\b(?:over|in|within|during|per|last)\s+(?:a |the last )?(\d[\w ]*?(?=,|;|$))/i.exec(
    threshold.text,
  );
  const spoken = over === null ? threshold.text : threshold.text.slice(0, over.index);
  const window = over === null ? null : durationIn(over[1] ?? "");
  if (key === "latency") {
    const limit = durationIn(spoken);
    if (limit === null) {
      putRead(reading, threshold, path, null, "a duration such as 200ms");
      return;
    }
    signal.alert_above = limit;
  } else {
    const limits = limitsIn(spoken.replace(/\bP\d+\b/gi, ""));
    for (const { sense, value } of limits) {
      const above = (sense ?? (key === "performance" ? "below" : "above")) === "above";
      const number = above && value.endsWith("%") ? value : plainNumber(value);
      if (number !== null) signal[above ? "alert_above" : "alert_below"] ??= number;
    }
    if (limits.length === 0) {
      putRead(reading, threshold, path, null, "a number to alert at");
      return;
    }
  }
  signal.window = window ?? windows[key];
  if (window === null)
    draft.say(
      "MU-S504",
      threshold.at,
      `The window of ${key} was taken for ${windows[key]}.`,
      "Say over which time it is computed.",
    );
  const after = /labels after (\S+?)(?:,|$)/.exec(threshold.text)?.[1];
  if (after !== undefined) signal.labels_after = after;
  if (role !== null) signal.owner = role;
  draft.put(path, signal);
}

function signalOf(
  text: string,
): "performance" | "input_drift" | "prediction_drift" | "latency" | "no_data" | null {
  if (/no[ _]data|silence|absen/i.test(text)) return "no_data";
  if (/performance|quality|accuracy/i.test(text)) return "performance";
  if (/input|feature/i.test(text)) return "input_drift";
  if (/predict|output/i.test(text)) return "prediction_drift";
  return /latency/i.test(text) ? "latency" : null;
}

function signalMetric(key: string, metric: string, threshold: string): string {
  if (/^[a-z0-9_.-]+$/.test(metric)) return metric;
  if (key === "performance")
    return /primary/i.test(metric) ? "primary" : (metricOf(metric.replace(/\bon\b.*$/i, "")) ?? "primary");
  if (key === "latency") return /p\d+/i.exec(`${metric} ${threshold}`)?.[0]?.toLowerCase() ?? "p99";
  const both = `${metric} ${threshold}`;
  if (/\bKL\b|kullback/i.test(both)) return "kl";
  if (/\bPSI\b|population stability/i.test(both)) return "psi";
  if (/\bJS\b|jensen/i.test(both)) return "js";
  return key === "input_drift" ? "kl" : "total_variation";
}

/** The role that is told. A team that the head does not know becomes a role whose address is still open. */
function roleOf({ draft, ours }: TemplateReading, words: Words): string | null {
  if (/^\[/.test(words.text)) return null;
  const role = /^[A-Za-z0-9_.-]+$/.test(words.text) ? words.text : nameOf(words.text)?.replaceAll("_", "-");
  if (role === undefined || role === null) return null;
  if (!ours && draft.get(["owners", role]) === undefined)
    draft.put(["owners", role], `TODO: the address of ${words.text}`);
  return role;
}

const schedules: readonly (readonly [RegExp, string])[] = [
  [/daily|every day/i, "0 3 * * *"],
  [/weekly|every week/i, "0 3 * * 1"],
  [/quarterly|every quarter/i, "0 3 1 1,4,7,10 *"],
  [/monthly|every month/i, "0 3 1 * *"],
];

/** `Automatic when input_drift alerts; scheduled 0 3 1 * *; when data is older than 90d; manual approval required` */
export function readTrigger(reading: TemplateReading, words: Words): void {
  const { draft } = reading;
  const path = ["retraining"];
  if (!said(reading, words, path)) return;
  const triggers = ["retraining", "triggers"];
  let found = false;
  const put = (at: readonly string[], value: Raw): void => {
    draft.put(at, value);
    found = true;
  };
  for (const part of words.text.split(/;\s*| \/ |,\s+(?=\D)|\band\b/)) {
    const cron = /(?:^|\s)((?:[\d*][\d*,/-]*\s+){2}(?:[\d*A-Za-z,/-]+\s+){2}[\d*A-Za-z,/-]+)\s*$/.exec(
      part,
    )?.[1];
    if (/drift/i.test(part))
      put([...triggers, "drift"], /prediction|output/i.test(part) ? "prediction_drift" : "input_drift");
    if (/performance/i.test(part)) put([...triggers, "performance"], true);
    if (cron !== undefined) put([...triggers, "schedule"], cron.trim());
    else {
      const usual = schedules.find(([pattern]) => pattern.test(part))?.[1];
      if (usual !== undefined) put([...triggers, "schedule"], usual);
    }
    const older = /older than\s+(.+)/i.exec(part);
    const age = older === null ? null : durationIn(older[1] ?? "");
    if (age !== null) put([...triggers, "data_older_than"], age);
    if (/manual/i.test(part)) put(["retraining", "approval"], "manual");
    else if (/approval automatic/i.test(part)) put(["retraining", "approval"], "automatic");
  }
  if (!found) keepWords(reading, words, path, "Retraining trigger");
}
