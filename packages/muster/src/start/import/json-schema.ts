import type { SourceFile } from "../../source/source-file.ts";
import { Draft, todo } from "../draft.ts";
import { foreignJson, foreignYaml, listAt, mapAt, textAt } from "../foreign.ts";
import { isRawMap, type Raw, type RawMap, rawMap } from "../raw.ts";
import { labelOf, nameOf } from "../words.ts";
import { type Importing, importing } from "./importing.ts";
import { inputTypeOf, isScalar, rangeOf, typesOf, valuesOf } from "./json-types.ts";

const mostRefs = 32;

/** JSON, or YAML that says the same. */
export function documentOf(source: SourceFile): RawMap {
  if (/^\ufeff?\s*\{/.test(source.text)) return foreignJson(source);
  return foreignYaml(source).data ?? rawMap();
}

/** An OpenAPI document: the request of its prediction gives the inputs, the reply of 200 the outputs. */
export function importOpenApi(source: SourceFile): Draft {
  const document = documentOf(source);
  const draft = new Draft();
  const from = importing(draft, source);
  head(draft, textAt(document, "info", "title"), textAt(document, "info", "description"));
  const version = textAt(document, "info", "version");
  if (version !== null && /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/.test(version)) draft.put(["version"], version);
  const operations = Object.entries(mapAt(document, "paths") ?? rawMap()).flatMap(([path, item]) => {
    const post = mapAt(resolved(from, document, item), "post");
    return post === null ? [] : [{ path, post }];
  });
  const chosen =
    operations.find(({ path, post }) =>
      /predict|score|infer|classif|rank|invocation/i.test(`${path} ${textAt(post, "operationId") ?? ""}`),
    ) ?? operations[0];
  if (chosen === undefined) {
    draft.say(
      "MU-S501",
      from.at("paths"),
      "The document has no POST operation whose request could be the model's input.",
    );
    return draft;
  }
  draft.note(["contract", "inputs"], `from POST ${chosen.path}`);
  for (const { path } of operations) {
    if (path !== chosen.path)
      draft.say("MU-S501", from.at(path), `POST ${path} was not read: a spec is of one prediction.`);
  }
  const request = contentOf(resolved(from, document, chosen.post.requestBody ?? null));
  readProperties(from, document, request, "inputs", [chosen.path]);
  const replies = mapAt(chosen.post, "responses") ?? rawMap();
  const reply = contentOf(
    resolved(from, document, replies["200"] ?? replies["201"] ?? replies.default ?? null),
  );
  readProperties(from, document, reply, "outputs", [chosen.path, "responses"]);
  const codes = Object.keys(replies);
  if (codes.some((code) => code === "400" || code === "422")) {
    draft.put(["contract", "edge_cases", "missing_required"], "reject");
    draft.note(["contract", "edge_cases", "missing_required"], "from the reply 400 or 422");
  }
  return draft;
}

/** A JSON Schema of the model's request; under `outputs` or `output`, where it has them, that of the reply. */
export function importJsonSchema(source: SourceFile): Draft {
  const document = documentOf(source);
  const draft = new Draft();
  const from = importing(draft, source);
  head(draft, textAt(document, "title"), textAt(document, "description"));
  const properties = mapAt(document, "properties") ?? rawMap();
  const inputs = mapAt(properties, "inputs") ?? mapAt(properties, "input");
  const outputs = mapAt(properties, "outputs") ?? mapAt(properties, "output");
  const both = inputs !== null && outputs !== null;
  readProperties(from, document, both ? inputs : document, "inputs", ["properties"]);
  if (both) readProperties(from, document, outputs, "outputs", ["properties"]);
  return draft;
}

function head(draft: Draft, title: string | null, description: string | null): void {
  draft.put(["name"], labelOf(title ?? "") ?? "my-model");
  draft.put(["problem", "statement"], todo("the business problem in two or three sentences"));
  if (description !== null) draft.note(["problem", "statement"], description);
}

/** The schema of a body: JSON where there are several. */
function contentOf(body: RawMap | null): Raw {
  const content = mapAt(body, "content") ?? rawMap();
  const [first] = Object.keys(content).sort(
    (a, b) => Number(b.includes("json")) - Number(a.includes("json")),
  );
  return first === undefined ? null : (mapAt(content, first)?.schema ?? null);
}

/** Follows `$ref` within the document. What lies elsewhere is never fetched; it is listed. */
function resolved(from: Importing, document: RawMap, given: Raw): RawMap | null {
  let value: Raw = given;
  for (let hops = 0; hops < mostRefs; hops += 1) {
    if (!isRawMap(value)) return null;
    const ref = value.$ref;
    if (typeof ref !== "string") return value;
    if (!ref.startsWith("#/")) {
      from.draft.say(
        "MU-S501",
        from.at(ref),
        `${ref} lies outside of the document; it was not fetched.`,
        "Bundle the document into one file first.",
      );
      return null;
    }
    let next: Raw | undefined = document;
    for (const step of ref.slice(2).split("/")) {
      const key = decoded(step);
      next = isRawMap(next)
        ? next[key]
        : Array.isArray(next)
          ? (next as readonly Raw[])[Number(key)]
          : undefined;
    }
    if (next === undefined) {
      from.draft.say("MU-S503", from.at(ref), `${ref} names nothing in the document.`);
      return null;
    }
    value = next;
  }
  from.draft.say("MU-S503", from.at("$ref"), "These references lead round in a circle.");
  return null;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return step;
  }
}

interface Property {
  readonly key: string;
  readonly schema: RawMap;
  readonly required: boolean;
}

/** The properties of an object with those of `allOf`; of a list of objects, those of one entry. */
function propertiesOf(from: Importing, document: RawMap, given: Raw, depth = 0): Property[] {
  const schema = resolved(from, document, given);
  if (schema === null || depth > 8) return [];
  const required = new Set(listAt(schema, "required"));
  const own = Object.entries(mapAt(schema, "properties") ?? rawMap()).flatMap(([key, each]): Property[] => {
    const property = resolved(from, document, each);
    return property === null ? [] : [{ key, schema: property, required: required.has(key) }];
  });
  const merged = listAt(schema, "allOf").flatMap((part) => propertiesOf(from, document, part, depth + 1));
  const all = [...merged, ...own];
  const [only] = all;
  if (all.length === 0 && schema.items !== undefined)
    return propertiesOf(from, document, schema.items, depth + 1);
  // {"instances": [{..}]} and the like: the envelope is the protocol's, the entry is the model's.
  if (
    all.length === 1 &&
    only !== undefined &&
    /^(?:instances|inputs|data|rows|records|predictions|outputs|results)$/.test(only.key)
  ) {
    const inside = propertiesOf(from, document, only.schema, depth + 1);
    if (inside.length > 0) return inside;
  }
  return all;
}

function readProperties(
  from: Importing,
  document: RawMap,
  given: Raw,
  side: "inputs" | "outputs",
  where: readonly string[],
): void {
  const { draft } = from;
  const taken = new Set<string>();
  for (const { key, schema, required } of propertiesOf(from, document, given).slice(0, 2_000)) {
    const name = nameOf(key);
    if (name === null || taken.has(name)) {
      draft.say(
        "MU-S503",
        from.at(...where, key),
        `"${key}" cannot be the name of an ${side === "inputs" ? "input" : "output"}.`,
      );
      continue;
    }
    taken.add(name);
    const { type, nullable } = typesOf(schema);
    const at = draft.push(["contract", side], rawMap([["name", name]]));
    if (side === "inputs") readInput(from, at, key, schema, { type, required, nullable });
    else readOutput(from, at, key, schema, type);
    for (const word of [
      "pattern",
      "minLength",
      "maxLength",
      "multipleOf",
      "oneOf",
      "anyOf",
      "not",
      "items",
    ]) {
      if (schema[word] === undefined) continue;
      const text = `${word}: ${JSON.stringify(schema[word]).slice(0, 120)}`;
      draft.keep(
        "MU-S501",
        at,
        from.at(...where, key, word),
        `${word} of ${key} has no line of its own in a spec.`,
        text,
      );
    }
  }
}

type At = readonly (string | number)[];

function readInput(
  from: Importing,
  at: At,
  key: string,
  schema: RawMap,
  said: { type: string | null; required: boolean; nullable: boolean },
): void {
  const { draft } = from;
  const format = textAt(schema, "format");
  const kind = inputTypeOf(said.type, format);
  const type = kind ?? "json";
  draft.put([...at, "type"], type);
  if (kind === null)
    draft.say("MU-S504", from.at(key), `The type of ${key} was taken for json.`, "Say its type.");
  draft.put([...at, "required"], said.required);
  const description = textAt(schema, "description");
  if (description !== null) draft.note(at, description.slice(0, 300));
  const values = valuesOf(schema);
  if (values !== null && type !== "json" && type !== "boolean") draft.put([...at, "values"], values);
  const range = rangeOf(schema);
  if (type === "integer" || type === "float") {
    if (range !== null) draft.put([...at, "range"], range);
    else if (
      ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].some(
        (word) => schema[word] !== undefined,
      )
    ) {
      draft.keep(
        "MU-S501",
        at,
        from.at(key, "minimum"),
        `A range has two ends; ${key} has one.`,
        `range of ${key}: [${textAt(schema, "minimum") ?? textAt(schema, "exclusiveMinimum") ?? "?"}, ${textAt(schema, "maximum") ?? textAt(schema, "exclusiveMaximum") ?? "?"}]`,
      );
    }
  }
  if (isScalar(schema.default)) draft.put([...at, "missing"], rawMap([["default", schema.default]]));
  else if (said.nullable) draft.put([...at, "missing"], "null");
}

function readOutput(from: Importing, at: At, key: string, schema: RawMap, type: string | null): void {
  const { draft } = from;
  const range = rangeOf(schema);
  const values = valuesOf(schema);
  const probable = range !== null && range[0] === 0 && range[1] === 1;
  const kind =
    values !== null
      ? "label"
      : type === "number" || type === "integer"
        ? probable && /prob|confidence|likelihood/i.test(key)
          ? "probability"
          : probable
            ? "score"
            : "number"
        : type === "array"
          ? "ranking"
          : type === "boolean"
            ? "label"
            : "text";
  draft.put([...at, "type"], kind);
  if (values !== null) draft.put([...at, "values"], values);
  if (range !== null && kind !== "label" && kind !== "text") draft.put([...at, "range"], range);
  const description = textAt(schema, "description");
  draft.put(
    [...at, "interpretation"],
    description === null ? todo("how to read it, in one sentence") : description.slice(0, 1_000),
  );
  if (type === "array" || type === "object" || type === null) {
    draft.say("MU-S504", from.at(key), `The output ${key} was taken for ${kind}.`, "Say its type.");
  }
}
