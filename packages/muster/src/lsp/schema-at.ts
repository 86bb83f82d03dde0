import { specJsonSchema } from "../spec/json-schema.ts";
import type { Path } from "../spec/places.ts";

/** What the language allows at a path. */
export interface SchemaNode {
  readonly description?: string;
  readonly title?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly type?: string;
  readonly $ref?: string;
}

let root: (SchemaNode & { readonly $defs?: Readonly<Record<string, SchemaNode>> }) | null = null;

/** All that the schema says of a path: where it allows several shapes, each of them. */
export function schemasAt(path: Path): readonly SchemaNode[] {
  root ??= specJsonSchema() as SchemaNode;
  let nodes = spread(root);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      if (typeof step === "number") return node.items === undefined ? [] : spread(node.items);
      const own =
        node.properties !== undefined && Object.hasOwn(node.properties, step)
          ? node.properties[step]
          : undefined;
      if (own !== undefined) return spread(own);
      return typeof node.additionalProperties === "object" ? spread(node.additionalProperties) : [];
    });
  }
  return nodes;
}

/** A node with its reference followed and its alternatives beside it. */
function spread(node: SchemaNode): readonly SchemaNode[] {
  const target = node.$ref === undefined ? undefined : root?.$defs?.[node.$ref.replace("#/$defs/", "")];
  const whole = target === undefined ? node : { ...target, ...node };
  return [whole, ...[...(whole.anyOf ?? []), ...(whole.oneOf ?? [])].flatMap(spread)];
}
