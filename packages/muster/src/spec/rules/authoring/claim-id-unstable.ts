import type { Path } from "../../places.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";

interface Named {
  readonly at: Path;
  readonly name: string;
}

/** Lists whose entries' names become parts of claim ids. */
function listsOf(spec: Spec): readonly { readonly what: string; readonly entries: readonly Named[] }[] {
  const entries = <T>(all: readonly T[] | undefined, path: Path, key: string, name: (one: T) => string) =>
    (all ?? []).map((one, i) => ({ at: [...path, i, key], name: name(one) }));
  const { contract, evaluation, risks } = spec;
  return [
    { what: "inputs", entries: entries(contract?.inputs, ["contract", "inputs"], "name", (e) => e.name) },
    { what: "outputs", entries: entries(contract?.outputs, ["contract", "outputs"], "name", (e) => e.name) },
    { what: "risks", entries: entries(risks, ["risks"], "id", (e) => e.id) },
    {
      what: "subgroups",
      entries: entries(evaluation?.subgroups, ["evaluation", "subgroups"], "by", (e) => e.by),
    },
  ];
}

/** As claim ids are made: RFC 1123 labels know neither case nor punctuation. */
const label = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

/** The parser refuses a spec's name that is no label; this is the other half: names that become the same label. */
export const claimIdUnstable: Rule = {
  code: "MU-A107",
  slug: "claim-id-unstable",
  title: "Two names make one claim id",
  severity: "error",
  preset: "minimal",
  section: null,
  needs: "spec",
  fix: "none",
  why: "Evidence finds its claim by an id of lower-case letters, digits and -. Names that differ in case or punctuation alone would share it, so the later one's id depends on the order of the file, and its evidence is lost when lines move.",
  example: {
    base: "classification",
    fails: [["  - id: shift\n", "  - id: SKEW\n"]],
    passes: [["  - id: shift\n", "  - id: distribution-shift\n"]],
  },

  check: ({ spec }) =>
    listsOf(spec).flatMap(({ what, entries }) => {
      const firstOf = new Map<string, Named>();
      return entries.flatMap((entry) => {
        const { at, name } = entry;
        const id = label(name);
        const first = firstOf.get(id);
        if (first === undefined) firstOf.set(id, entry);
        if (id === "" || first === undefined) return [];
        return [
          {
            at,
            message: `The ${what} ${first.name} and ${name} differ in case or punctuation alone: both make the claim id ..-${id}.`,
            hint: "Rename one of the two.",
            related: [{ at: first.at, message: `${first.name} is here` }],
          },
        ];
      });
    }),
};
