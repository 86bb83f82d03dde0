import type { JsonSchema } from "./json-schema.ts";

/**
 * The keys of one section as a Markdown table, for docs/spec-language.md: path within the section, kind of value,
 * meaning and example. `[]` stands for the entries of a list, `*` for names that the author chooses.
 */
export function keyTable(schema: JsonSchema, section: string): string {
  const rows: string[] = [];
  const part = property(schema, section);
  if (part !== null) collect(schema, part, "", rows);
  return ["| key | value | meaning | example |", "|---|---|---|---|", ...rows].join("\n");
}

/** The keys above the sections: name, version and so on. */
export function headTable(schema: JsonSchema, keys: readonly string[]): string {
  const required = stringsOf(schema.required);
  const rows = keys.map((key) =>
    row(key, resolved(schema, property(schema, key) ?? {}), required.includes(key)),
  );
  return ["| key | value | meaning | example |", "|---|---|---|---|", ...rows].join("\n");
}

function property(schema: JsonSchema, key: string): JsonSchema | null {
  const found = asSchema(asSchema(schema.properties)?.[key]);
  return found === null ? null : resolved(schema, found);
}

function collect(root: JsonSchema, node: JsonSchema, path: string, rows: string[]): void {
  const shape = resolved(root, node);
  const inner = asSchema(shape.properties);
  if (inner !== null) {
    const required = stringsOf(shape.required);
    for (const [key, value] of Object.entries(inner)) {
      const child = resolved(root, asSchema(value) ?? {});
      const full = path === "" ? key : `${path}.${key}`;
      rows.push(row(full, child, required.includes(key)));
      collect(root, child, full, rows);
    }
  }
  const items = asSchema(shape.items);
  if (items !== null) collect(root, items, `${path}[]`, rows);
  const named = asSchema(shape.additionalProperties);
  if (named !== null) collect(root, named, `${path}.*`, rows);
  const branches = Array.isArray(shape.anyOf) ? shape.anyOf : [];
  for (const branch of branches) {
    const map = asSchema(branch);
    if (map !== null && map.properties !== undefined) collect(root, map, path, rows);
  }
}

function row(path: string, shape: JsonSchema, required: boolean): string {
  const { description, examples, default: preset } = shape;
  const meaning = `${String(description ?? "")}${preset === undefined ? "" : ` When absent: ${written(preset)}.`}`;
  const words = Array.isArray(shape.enum) ? shape.enum.filter((word) => word !== null) : [];
  const [first] = Array.isArray(examples) ? examples : words;
  const example = first === undefined ? "" : `\`${written(first)}\``;
  const key = `\`${path}\`${required ? " (required)" : ""}`;
  return `| ${[key, kind(shape), meaning, example].map(cell).join(" | ")} |`;
}

function kind(shape: JsonSchema): string {
  const { title, type } = shape;
  if (typeof title === "string") return title;
  if (Array.isArray(shape.enum)) {
    const words = shape.enum.filter((word) => typeof word === "string");
    return words.map((word) => `\`${word}\``).join(", ");
  }
  if (shape.const !== undefined) return `\`${String(shape.const)}\``;
  if (Array.isArray(shape.prefixItems)) return "[low, high]";
  if (Array.isArray(shape.anyOf)) {
    return shape.anyOf.map((branch) => kind(asSchema(branch) ?? {})).join(" or ");
  }
  if (type === "array") return "list";
  return type === "object" ? "map" : type === "string" ? "text" : "";
}

function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${written(each)}`)
    .join(", ")}}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function resolved(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const reference = schema.$ref;
  if (typeof reference !== "string") return schema;
  const target = asSchema(asSchema(root.$defs)?.[reference.replace("#/$defs/", "")]);
  return target === null ? schema : { ...target, ...schema };
}

function asSchema(value: unknown): JsonSchema | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
