import type { Words } from "../markdown.ts";
import { rawMap } from "../raw.ts";
import { countIn, durationIn, isEmpty, shareIn } from "../words.ts";
import { keepWords, putRead, said, type TemplateReading } from "./reading.ts";

type Row = readonly Words[];
const under = (...keys: string[]): string[] => ["data", "requirements", ...keys];

/** Requirement | Specification | Current status */
export function readRequirement(reading: TemplateReading, [what, wanted, current]: Row): void {
  if (what === undefined || wanted === undefined) return;
  const name = what.text;
  const path = /examples|volume|size/i.test(name)
    ? under("examples")
    : /date/i.test(name)
      ? under("dates")
      : /label/i.test(name)
        ? under("label_quality")
        : /balance/i.test(name)
          ? under("class_balance")
          : /fresh/i.test(name)
            ? under("freshness")
            : null;
  if (path === null) {
    keepWords(reading, wanted, under(), name);
    return;
  }
  keepWords(reading, current, path, `${name}, current status`);
  if (!said(reading, wanted, path)) return;
  const key = path[2];
  if (key === "examples") readExamples(reading, wanted);
  else if (key === "dates") readDates(reading, wanted);
  else if (key === "label_quality")
    putRead(reading, wanted, [...path, "verified"], shareIn(wanted.text), "a share");
  else if (key === "class_balance")
    putRead(reading, wanted, [...path, "max_share"], shareIn(wanted.text), "a share");
  else putRead(reading, wanted, path, durationIn(wanted.text), "a duration such as 90 days");
}

/** `1_000_000 total, 100_000 per class`; a bare number is the total. */
function readExamples(reading: TemplateReading, words: Words): void {
  let found = false;
  for (const part of words.text.split(/,(?!\d{3})|;|\band\b|\/(?=\s*\D*\d)/)) {
    const count = countIn(part);
    if (count === null) continue;
    const key = /class|label|category/i.test(part) ? "per_class" : "total";
    putRead(reading, words, under("examples", key), count, "a number");
    found = true;
  }
  if (!found) putRead(reading, words, under("examples"), null, "a number of examples");
}

function readDates(reading: TemplateReading, words: Words): void {
  const days = words.text.match(/\d{4}-\d{2}(?:-\d{2})?/g) ?? [];
  const [from, to] = [days[0], days[1]];
  if (from === undefined || to === undefined) {
    putRead(reading, words, under("dates"), null, "two days such as 2025-01-01–2025-12-31");
    return;
  }
  reading.draft.put(under("dates", "from"), from.length === 7 ? `${from}-01` : from);
  reading.draft.put(under("dates", "to"), to.length === 7 ? lastDay(to) : to);
}

function lastDay(month: string): string {
  const [year = 0, index = 1] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, index, 0)).getUTCDate()).padStart(2, "0")}`;
}

/** Dataset | Owner | Access | Volume | Update frequency */
export function readSource(reading: TemplateReading, [name, owner, access, volume, updates]: Row): void {
  const list = ["data", "sources"];
  if (name === undefined || !said(reading, name, list)) return;
  const at = reading.draft.push(list, rawMap([["name", name.text]]));
  if (owner !== undefined && said(reading, owner, [...at, "owner"], "the team that answers for it")) {
    reading.draft.put([...at, "owner"], owner.text);
  }
  if (access !== undefined && said(reading, access, [...at, "access"])) {
    // "Granted" is a word; access is proven by reading the data where it lies.
    if (/^(?:granted|pending|requested|denied|yes|no|open|restricted)\b/i.test(access.text)) {
      keepWords(reading, access, [...at, "access"], "Access");
    } else reading.draft.put([...at, "access"], access.text);
  }
  if (volume !== undefined && said(reading, volume, [...at, "volume"])) {
    putRead(reading, volume, [...at, "volume"], countIn(volume.text), "a number of rows");
  }
  if (updates !== undefined && !isEmpty(updates.text) && said(reading, updates, [...at, "updates"])) {
    reading.draft.put([...at, "updates"], updates.text);
  }
}
