import type { Words } from "../markdown.ts";
import { type Raw, type RawMap, rawMap } from "../raw.ts";
import { isEmpty, lessIsBetter, limitsIn, metricOf, nameOf, plainNumber } from "../words.ts";
import { keepWords, said, type TemplateReading } from "./reading.ts";
import { scalarIn, splitList } from "./scalars.ts";

type Row = readonly Words[];

/** Metric | Definition | Minimum threshold to ship | Current baseline */
export function readPrimary(reading: TemplateReading, [name, definition, threshold, baseline]: Row): void {
  const path = ["evaluation", "primary"];
  const { draft } = reading;
  if (name === undefined || !said(reading, name, path)) return;
  if (draft.get([...path, "at_least"]) !== undefined || draft.get([...path, "at_most"]) !== undefined) {
    draft.keep(
      "MU-S505",
      path,
      name.at,
      "A spec has one primary metric; this is a second one.",
      `also: ${[name, threshold].map((w) => w?.text).join(" ")}`,
    );
    return;
  }
  const metric = metricOf(name.text);
  keepWords(reading, definition, path, "Definition");
  keepWords(reading, baseline, ["problem", "baseline"], "Current baseline");
  if (metric === null || threshold === undefined) return;
  if (!said(reading, threshold, path)) {
    draft.remove(path);
    draft.note(path, `primary: {metric: ${metric}, ${lessIsBetter(metric) ? "at_most" : "at_least"}: TODO}`);
    return;
  }
  const [limit] = limitsIn(threshold.text);
  const value = limit === undefined ? null : plainNumber(limit.value);
  if (value === null) {
    draft.keep(
      "MU-S503",
      path,
      threshold.at,
      `"${threshold.text}" is not a number to ship at.`,
      `primary: ${metric} ${threshold.text}`,
    );
    return;
  }
  const side = limit?.sense ?? (lessIsBetter(metric) ? "below" : "above");
  draft.put(
    path,
    rawMap([
      ["metric", metric],
      [side === "above" ? "at_least" : "at_most", value],
    ]),
  );
}

/** Metric | Definition | Alert threshold */
export function readSecondary(reading: TemplateReading, [name, definition, threshold]: Row): void {
  const list = ["evaluation", "secondary"];
  const { draft } = reading;
  if (name === undefined || !said(reading, name, list)) return;
  const metric = metricOf(name.text);
  if (metric === null) {
    keepWords(reading, name, list, "Secondary metric");
    return;
  }
  keepWords(reading, definition, list, `Definition of ${metric}`);
  if (threshold === undefined || !said(reading, threshold, list)) {
    draft.note(list, `- {metric: ${metric}, ${lessIsBetter(metric) ? "alert_above" : "alert_below"}: TODO}`);
    return;
  }
  const alerts = alertsOf(threshold.text, lessIsBetter(metric));
  if (alerts === null) {
    draft.keep(
      "MU-S503",
      list,
      threshold.at,
      `"${threshold.text}" is not a number to alert at.`,
      `- ${metric}: ${threshold.text}`,
    );
    return;
  }
  draft.push(list, rawMap([["metric", metric], ...Object.entries(alerts)]));
}

/** `< 0.45`, `> 0.03`, or both; without a sign the side that is worse for the metric. */
export function alertsOf(text: string, less: boolean): RawMap | null {
  const alerts = rawMap();
  for (const { sense, value } of limitsIn(text)) {
    const number = plainNumber(value);
    if (number === null) continue;
    alerts[(sense ?? (less ? "above" : "below")) === "above" ? "alert_above" : "alert_below"] ??= number;
  }
  return Object.keys(alerts).length === 0 ? null : alerts;
}

/**
 * `origin: ORD, DFW` · `origin: every value` · `distance by range: 0, 500, 6000` ·
 * `part_of_day (of departure) by hour: night 0–6, day 6–24`, or prose that names a column.
 */
export function readSubgroup(reading: TemplateReading, words: Words): boolean {
  const list = ["evaluation", "subgroups"];
  if (!said(reading, words, list)) return true;
  const found = /^`?([^`:(]+?)`?(?: \(of (.+)\))?( by range| by hour)?\s*:\s*(.+)$/.exec(words.text);
  const by = nameOf(found?.[1] ?? words.text.replace(/^(?:e\.?g\.?,?\s*)?(?:by\s+)/i, ""));
  if (by === null || by.length > 60) {
    keepWords(reading, words, list, "Subgroup");
    return true;
  }
  const group = rawMap([
    ["by", by],
    ["from", found?.[2]],
  ]);
  const rest = found?.[4] ?? "every value";
  if (found?.[3] === " by range") group.bins = splitList(rest).map(Number);
  else if (found?.[3] === " by hour") {
    const hours = hoursOf(rest);
    if (hours !== null) group.hours = hours;
  } else if (!/^(?:every|each|all)\b/i.test(rest)) group.values = splitList(rest).map(scalarIn);
  const at = reading.draft.push(list, group);
  if (found === null || by !== found[1]) {
    reading.draft.keep(
      "MU-S504",
      at,
      words.at,
      `"${words.text}" was read as the groups of a column ${by}.`,
      words.text,
    );
  }
  return true;
}

function hoursOf(text: string): Raw | null {
  const hours = rawMap();
  for (const part of splitList(text)) {
    const found = /^([A-Za-z0-9_.-]+) (\d{1,2})[–-](\d{1,2})$/.exec(part);
    if (found === null) return null;
    hours[found[1] ?? ""] = [Number(found[2]), Number(found[3])];
  }
  return hours;
}

const levels: readonly (readonly [RegExp, string])[] = [
  [/^(?:very )?low|^rare|^unlikely|^minor/i, "low"],
  [/^medium|^moderate|^med\b/i, "medium"],
  [/^(?:very )?high|^critical|^severe|^likely|^major/i, "high"],
];

const levelOf = (text: string): string | null =>
  levels.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? null;

/** Failure mode | Probability | Impact | Mitigation */
export function readRisk(
  reading: TemplateReading,
  [mode, probability, impact, mitigation]: Row,
  label: (text: string) => string | null,
): void {
  const list = ["risks"];
  const { draft } = reading;
  if (mode === undefined || !said(reading, mode, list)) return;
  const named = /^([a-z0-9][a-z0-9_.-]{0,62}): (.+)$/.exec(mode.text);
  const words = named?.[2] ?? mode.text;
  const id = named?.[1] ?? label(words) ?? "risk";
  const at = draft.push(
    list,
    rawMap([
      ["id", unused(draft.get(list), id)],
      ["mode", words],
    ]),
  );
  const assumed = (key: string, from: Words | undefined): string => {
    const level = levelOf(from?.text ?? "");
    if (level === null)
      draft.say(
        "MU-S504",
        (from ?? mode).at,
        `The ${key} of ${id} was taken for medium.`,
        "Say low, medium or high.",
      );
    return level ?? "medium";
  };
  draft.put([...at, "probability"], assumed("probability", probability));
  const effect = /^[^:]*:\s*(.+)$/.exec(impact?.text ?? "")?.[1];
  const level = assumed("impact", impact);
  const what =
    effect ??
    (impact === undefined || levelOf(impact.text) !== null || isEmpty(impact.text)
      ? "TODO: what happens then"
      : impact.text);
  draft.put(
    [...at, "impact"],
    rawMap([
      ["level", level],
      ["what", what],
    ]),
  );
  if (
    mitigation === undefined ||
    !said(reading, mitigation, [...at, "mitigation"], "what is done about it")
  ) {
    if (draft.get([...at, "mitigation"]) === undefined)
      draft.put([...at, "mitigation"], "TODO: what is done about it");
    return;
  }
  const controlled = /^(.*?) \(controls: ([^()]+)\)$/.exec(mitigation.text);
  draft.put([...at, "mitigation"], controlled?.[1] ?? mitigation.text);
  if (controlled?.[2] !== undefined) draft.put([...at, "controls"], splitList(controlled[2]));
}

function unused(risks: Raw | undefined, id: string): string {
  const taken = Array.isArray(risks) ? risks.map((risk: RawMap) => risk.id) : [];
  let free = id;
  for (let n = 2; taken.includes(free); n += 1) free = `${id}-${n}`;
  return free;
}
