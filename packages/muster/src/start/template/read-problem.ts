import type { Block, Words } from "../markdown.ts";
import { rawMap } from "../raw.ts";
import { durationIn } from "../words.ts";
import { said, type TemplateReading } from "./reading.ts";

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^classification/i, "classification"],
  [/^regression/i, "regression"],
  [/^ranking/i, "ranking"],
  [/^generation/i, "generation"],
  [/^anomaly[ _]detection/i, "anomaly_detection"],
];

/** A ticked box of the output's kind. */
export function readOutputKind(
  reading: TemplateReading,
  block: Block & { readonly kind: "bullet" },
): boolean {
  const kind = kinds.find(([pattern]) => pattern.test(block.words.text))?.[1];
  if (kind === undefined || block.checked === null) return false;
  if (!block.checked) return true;
  const known = reading.draft.get(["problem", "output"]);
  if (known === undefined) reading.draft.put(["problem", "output"], kind);
  else if (known !== kind) {
    reading.draft.keep(
      "MU-S505",
      ["problem", "output"],
      block.words.at,
      `Two kinds of output are ticked, ${String(known)} and ${kind}; a spec has one.`,
      `also ticked: ${kind}`,
    );
  }
  return true;
}

export function readStatement(reading: TemplateReading, words: Words): void {
  const path = ["problem", "statement"];
  const what = "the business problem in two or three sentences, without the model in it";
  if (!said(reading, words, path, what)) return;
  const before = reading.draft.get(path);
  reading.draft.put(
    path,
    typeof before === "string" && !before.startsWith("TODO") ? `${before} ${words.text}` : words.text,
  );
}

const uses: ReadonlyMap<string, string> = new Map([
  ["shown to users", "shown_to_users"],
  ["internal team", "internal_team"],
  ["automated decision", "automated_decision"],
]);

/** `rebooking-service (automated decision, within 50ms); operations desk (internal team)`, or prose. */
export function readConsumers(reading: TemplateReading, words: Words): void {
  const path = ["problem", "consumers"];
  if (!said(reading, words, path)) return;
  const read = words.text.split(/;\s+/).map(consumerOf);
  if (read.every((each) => each !== null)) {
    for (const each of read) reading.draft.push(path, each);
    return;
  }
  const { text, at } = words;
  const use = /automat/i.test(text)
    ? "automated_decision"
    : /internal|\bteam|analyst|\bops\b|operations|staff/i.test(text)
      ? "internal_team"
      : /users?|customers?|shown|surfaced|public/i.test(text)
        ? "shown_to_users"
        : "internal_team";
  const entry = reading.draft.push(
    path,
    rawMap([
      ["who", shortened(text)],
      ["use", use],
    ]),
  );
  const budget = durationIn(text);
  if (budget !== null) reading.draft.put([...entry, "budget"], budget);
  if (/explain|explanation|interpretab/i.test(text)) reading.draft.put([...entry, "explanation"], "required");
  reading.draft.keep(
    "MU-S504",
    entry,
    at,
    `Who uses the output was read as one consumer with the use ${use}.`,
    text,
  );
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 197)}...` : text);

function consumerOf(text: string): ReturnType<typeof rawMap> | null {
  const found = /^(.+) \(([^()]+)\)$/.exec(text.trim());
  if (found === null) return null;
  const consumer = rawMap([["who", found[1]]]);
  for (const part of (found[2] ?? "").split(", ")) {
    const use = uses.get(part);
    const within = /^within (\S+)$/.exec(part)?.[1];
    const explanation = /^explanation (required|optional|none)$/.exec(part)?.[1];
    if (use !== undefined) consumer.use = use;
    else if (within !== undefined) consumer.budget = within;
    else if (explanation !== undefined) consumer.explanation = explanation;
    else return null;
  }
  return consumer.use === undefined ? null : consumer;
}
