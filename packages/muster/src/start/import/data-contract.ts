import type { SourceFile } from "../../source/source-file.ts";
import { Draft, type DraftPath, todo } from "../draft.ts";
import { listAt, mapAt, numberAt, textAt } from "../foreign.ts";
import { isRawMap, type Raw, type RawMap, rawMap } from "../raw.ts";
import { durationIn, grouped, labelOf, nameOf } from "../words.ts";
import { type Importing, importing, leaveOver } from "./importing.ts";
import { documentOf } from "./json-schema.ts";
import { inputTypeOf, isScalar, rangeOf } from "./json-types.ts";

export const isDataContract = (text: string): boolean =>
  /^\s*["']?kind["']?\s*:\s*["']?DataContract\b/m.test(text.slice(0, 500_000));

/**
 * An Open Data Contract (ODCS 3): the properties of its first object become inputs, with their ranges, values and
 * gaps as far as its rules say them; its servers become sources, its service levels freshness.
 */
export function importDataContract(source: SourceFile): Draft {
  const contract = documentOf(source);
  const draft = new Draft();
  const from = importing(draft, source);
  const name = textAt(contract, "name") ?? textAt(contract, "dataProduct") ?? textAt(contract, "id");
  draft.put(["name"], labelOf(name ?? "") ?? "my-model");
  draft.put(["problem", "statement"], todo("the business problem in two or three sentences"));
  const purpose = textAt(contract, "description", "purpose") ?? textAt(contract, "description");
  if (purpose !== null) draft.note(["problem", "statement"], `The data's purpose: ${purpose}`);
  const [first, ...others] = listAt(contract, "schema");
  if (isRawMap(first)) readObject(from, first);
  for (const other of others) {
    const table = textAt(other, "name") ?? "";
    draft.say(
      "MU-S501",
      from.at("schema", table),
      `The object ${table} was not read: a row of the first one is one request.`,
    );
  }
  readServers(from, contract);
  readLevels(from, contract);
  const known = [
    "version",
    "apiVersion",
    "kind",
    "id",
    "name",
    "status",
    "dataProduct",
    "schema",
    "servers",
    "slaProperties",
    "description",
    "team",
  ];
  leaveOver(from, contract, known, ["data"], []);
  return draft;
}

function readObject(from: Importing, object: RawMap): void {
  const { draft } = from;
  const table = textAt(object, "name") ?? "";
  const taken = new Set<string>();
  for (const property of listAt(object, "properties").slice(0, 2_000)) {
    if (!isRawMap(property)) continue;
    const key = textAt(property, "name") ?? "";
    const name = nameOf(key);
    if (name === null || taken.has(name)) {
      draft.say("MU-S503", from.at("properties", key), `"${key}" cannot be the name of an input.`);
      continue;
    }
    taken.add(name);
    readProperty(from, property, { key, name, table });
  }
  for (const rule of listAt(object, "quality")) readTableRule(from, rule, table);
}

function readProperty(
  from: Importing,
  property: RawMap,
  { key, name, table }: { key: string; name: string; table: string },
): void {
  const { draft } = from;
  const at = draft.push(["contract", "inputs"], rawMap([["name", name]]));
  const options = mapAt(property, "logicalTypeOptions");
  const kind = inputTypeOf(
    textAt(property, "logicalType") ?? physical(textAt(property, "physicalType")),
    textAt(options, "format"),
  );
  draft.put([...at, "type"], kind ?? "string");
  if (kind === null)
    draft.say("MU-S504", from.at(key), `The type of ${key} was taken for string.`, "Say its type.");
  draft.put([...at, "source"], table === "" ? key : `${table}.${key}`);
  draft.put([...at, "required"], property.required === true || property.primaryKey === true);
  const range = rangeOf(options);
  if (range !== null && (kind === "integer" || kind === "float")) draft.put([...at, "range"], range);
  if (property.primaryKey === true || property.unique === true) {
    draft.note(at, `${key} names the row: likely no input, but the unit of data.requirements.no_leakage`);
  }
  const description = textAt(property, "description");
  if (description !== null) draft.note(at, description.slice(0, 300));
  for (const rule of listAt(property, "quality")) readRule(from, rule, at, key, kind);
  const known = [
    "name",
    "id",
    "logicalType",
    "physicalType",
    "physicalName",
    "logicalTypeOptions",
    "required",
    "primaryKey",
    "primaryKeyPosition",
    "unique",
    "quality",
    "description",
    "examples",
    "businessName",
  ];
  leaveOver(from, property, known, at, [key]);
}

function physical(type: string | null): string | null {
  if (type === null) return null;
  if (/int/i.test(type)) return "integer";
  if (/dec|num|float|double|real/i.test(type)) return "number";
  if (/date|time/i.test(type)) return "timestamp";
  if (/bool/i.test(type)) return "boolean";
  return /char|text|string/i.test(type) ? "string" : null;
}

/** One rule of the library: values that are valid, values that may be missing. All else is a comment. */
function readRule(from: Importing, rule: Raw, at: DraftPath, key: string, kind: string | null): void {
  const { draft } = from;
  const metric = textAt(rule, "metric") ?? textAt(rule, "rule");
  const none = numberAt(rule, "mustBe") === 0 || numberAt(rule, "mustBeLessOrEqualTo") === 0;
  if ((metric === "nullValues" || metric === "nullCheck" || metric === "missingValues") && none) {
    draft.put([...at, "required"], true);
    return;
  }
  const args = mapAt(rule, "arguments");
  const valid = [...listAt(args, "validValues"), ...listAt(rule, "validValues")].filter(isScalar);
  if (metric === "invalidValues" && none && valid.length > 0 && kind !== "json") {
    draft.put([...at, "values"], [...new Set(valid)]);
    return;
  }
  const between = listAt(rule, "mustBeBetween");
  const [low, high] = between;
  const numeric = kind === "integer" || kind === "float";
  if (metric === null && numeric && typeof low === "number" && typeof high === "number" && low < high) {
    draft.put([...at, "range"], [low, high]);
    return;
  }
  keepRule(from, rule, at, key);
}

function readTableRule(from: Importing, rule: Raw, table: string): void {
  const least = numberAt(rule, "mustBeGreaterOrEqualTo") ?? numberAt(rule, "mustBeGreaterThan");
  if (textAt(rule, "metric") === "rowCount" && least !== null && Number.isInteger(least)) {
    const total = numberAt(rule, "mustBeGreaterOrEqualTo") === null ? least + 1 : least;
    from.draft.put(["data", "requirements", "examples", "total"], grouped(total));
  } else keepRule(from, rule, ["data", "requirements"], table);
}

function keepRule({ draft, at: place }: Importing, rule: Raw, at: DraftPath, key: string): void {
  const what = textAt(rule, "metric") ?? textAt(rule, "rule") ?? textAt(rule, "type") ?? "rule";
  draft.keep(
    "MU-S501",
    at,
    place(key, "quality", what),
    `The quality rule ${what} of ${key} has no line of its own in a spec.`,
    `quality of ${key}: ${JSON.stringify(rule)}`,
  );
}

function readServers(from: Importing, contract: RawMap): void {
  const owner = textAt(contract, "team", "name") ?? textAt(listAt(contract, "team")[0] ?? null, "username");
  const updates = listAt(contract, "slaProperties").find((each) => textAt(each, "property") === "frequency");
  for (const server of listAt(contract, "servers").slice(0, 100)) {
    const name = textAt(server, "server") ?? textAt(server, "type") ?? "server";
    const at = from.draft.push(["data", "sources"], rawMap([["name", name.slice(0, 200)]]));
    if (owner !== null) from.draft.put([...at, "owner"], owner.slice(0, 200));
    const path = textAt(server, "path");
    const file = path !== null && /\.(?:parquet|csv|jsonl?|ndjson)$/i.test(path);
    if (file) from.draft.put([...at, "access"], path);
    else {
      const words = [
        "type",
        "location",
        "host",
        "port",
        "database",
        "schema",
        "catalog",
        "project",
        "dataset",
        "path",
      ].flatMap((key) => {
        const value = textAt(server, key);
        return value === null ? [] : [`${key} ${value}`];
      });
      from.draft.keep(
        "MU-S501",
        at,
        from.at("servers", name),
        `The server ${name} is no file: export a sample, or name one under access.`,
        words.join(", "),
      );
    }
    const value = textAt(updates, "value");
    if (value !== null)
      from.draft.put([...at, "updates"], `every ${value} ${textAt(updates, "unit") ?? ""}`.trim());
  }
}

function readLevels(from: Importing, contract: RawMap): void {
  const { draft } = from;
  for (const level of listAt(contract, "slaProperties")) {
    const property = textAt(level, "property") ?? "";
    const value = textAt(level, "value") ?? "";
    const age =
      durationIn(`${value}${textAt(level, "unit") ?? ""}`) ??
      durationIn(`${value} ${textAt(level, "unit") ?? ""}`);
    if (/^(?:latency|freshness|ly)$/i.test(property) && age !== null) {
      draft.put(["data", "requirements", "freshness"], age);
      const column = textAt(level, "element")?.split(".").at(-1);
      if (column !== undefined) draft.put(["data", "time", "column"], column);
    } else if (property !== "frequency") {
      draft.keep(
        "MU-S501",
        ["data", "requirements"],
        from.at("slaProperties", property),
        `The service level ${property} has no line of its own in a spec.`,
        `${property}: ${value} ${textAt(level, "unit") ?? ""}`.trim(),
      );
    }
  }
}
