import type { Facts } from "./metric.ts";

/** So many outputs' facts are kept; more than that is more than evidence should hold. */
const mostOutputs = 20;

/** The facts of several outputs beside each other; null where they are too many. */
export function joinedFacts(parts: readonly Facts[]): Facts | null {
  if (parts.length > mostOutputs) return null;
  const named = parts.flatMap((facts, k) =>
    Object.entries(facts).map(([name, value]) => [`${k}_${name}`, value] as const),
  );
  return { outputs: parts.length, ...Object.fromEntries(named) };
}

/** The facts of each output, with what was found of all of them together: how rows of one unit go together. */
export function factsOfOutputs(facts: Facts): readonly Facts[] | null {
  if (!Object.hasOwn(facts, "outputs")) return null;
  const common = ["design_effect", "clusters"].filter((name) => Object.hasOwn(facts, name));
  return Array.from({ length: facts.outputs ?? 0 }, (_, k) => {
    const prefix = `${k}_`;
    const own = Object.entries(facts).filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries([
      ...common.map((name) => [name, facts[name] ?? 1] as const),
      ...own.map(([name, value]) => [name.slice(prefix.length), value] as const),
    ]);
  });
}
