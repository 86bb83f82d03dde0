import type { Path } from "./places.ts";
import type { Fix } from "./rules/rule.ts";

/** Raised where a fix does not fit the data; it says why. */
export class DoesNotFit extends Error {}

/**
 * What the file's data has to be after a fix: the text's edits are held against it, so that no splice can change
 * anything else. `value` is the fix's own YAML as data.
 */
export function fixedData(data: unknown, fix: Fix, value: unknown): unknown {
  const last = fix.path[fix.path.length - 1];
  switch (fix.kind) {
    case "replace":
      return changed(data, fix.path, () => value);
    case "add":
      return changed(data, fix.path, (map) => {
        if (!isMap(map)) throw new DoesNotFit("there is no map to add to");
        return withKey(map, fix.key, value);
      });
    case "remove":
      if (last === undefined) throw new DoesNotFit("the whole file cannot be removed");
      return changed(data, fix.path.slice(0, -1), (parent) => without(parent, last));
    default:
      return fix satisfies never;
  }
}

type Data = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function changed(data: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(data);
  if (Array.isArray(data) && typeof step === "number" && step < data.length) {
    return data.map((entry, index) => (index === step ? changed(entry, rest, change) : entry));
  }
  if (isMap(data) && Object.hasOwn(data, step)) {
    return withKey(data, String(step), changed(data[step], rest, change));
  }
  throw new DoesNotFit(`${path.join(".")} is not in the file`);
}

function withKey(map: Data, key: string, value: unknown): Data {
  return Object.assign(Object.create(null), map, { [key]: value });
}

function without(parent: unknown, step: string | number): unknown {
  if (Array.isArray(parent)) return parent.filter((_, index) => index !== step);
  if (!isMap(parent)) throw new DoesNotFit("there is nothing to remove from");
  const rest: Record<string, unknown> = Object.assign(Object.create(null), parent);
  delete rest[String(step)];
  return rest;
}
