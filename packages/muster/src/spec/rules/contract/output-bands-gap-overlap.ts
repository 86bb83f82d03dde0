import type { OutputSpec } from "../../contract-section.ts";
import type { Rule, RuleFinding } from "../rule.ts";

/** Bands are [low, high): each begins where the one before ends, and together they are the output's range. */
export const outputBandsGapOverlap: Rule = {
  code: "MU-I110",
  slug: "output-bands-gap-overlap",
  title: "Bands of an output leave gaps or overlap",
  severity: "error",
  preset: "minimal",
  section: "contract",
  needs: "spec",
  fix: "suggestion",
  why: "A number in a gap means nothing, one in two bands means two things. Users meet exactly those numbers, and each screen makes up its own answer.",
  example: {
    base: "classification",
    fails: [
      [
        "      surface_above: 0.90 ",
        "      bands: [{means: on time, range: [0, 0.3]}, {means: late, range: [0.4, 1]}]\n      surface_above: 0.90 ",
      ],
    ],
    passes: [
      [
        "      surface_above: 0.90 ",
        "      bands: [{means: on time, range: [0, 0.3]}, {means: late, range: [0.3, 1]}]\n      surface_above: 0.90 ",
      ],
    ],
  },

  check: ({ spec: { contract } }) => (contract?.outputs ?? []).flatMap((output, i) => findingsOf(output, i)),
};

function findingsOf({ name, type, range, bands = [] }: OutputSpec, i: number): RuleFinding[] {
  const ordered = bands.map((band, k) => ({ ...band, k })).sort((a, b) => a.range[0] - b.range[0]);
  const ends = range ?? (type === "probability" ? ([0, 1] as const) : null);
  const found: RuleFinding[] = [];
  const report = (k: number, side: 0 | 1, value: number, message: string, other?: number): void => {
    const path = ["contract", "outputs", i, "bands", k, "range", side];
    found.push({
      at: path,
      message,
      hint: "Let each band begin where the one before ends, from the low to the high end of the range.",
      ...(other === undefined
        ? {}
        : { related: [{ at: ["contract", "outputs", i, "bands", other], message: "the band before" }] }),
      fix: [{ kind: "replace", path, yaml: String(value) }],
    });
  };
  const first = ordered[0];
  const last = ordered.reduce((a, b) => (b.range[1] > a.range[1] ? b : a), first ?? { range: [0, 0], k: 0 });
  if (first === undefined) return [];
  if (ends !== null && first.range[0] !== ends[0]) {
    const [where, what] =
      first.range[0] > ends[0]
        ? [`from ${ends[0]} to ${first.range[0]}`, "means nothing"]
        : [`under ${ends[0]}`, "has a meaning but lies outside of the range"];
    report(first.k, 0, ends[0], `${name} ${where} ${what}.`);
  }
  for (const [n, band] of ordered.entries()) {
    const before = ordered[n - 1];
    if (before === undefined || before.range[1] === band.range[0]) continue;
    const [low, high] = [before.range[1], band.range[0]];
    const message =
      low < high
        ? `${name} from ${low} to ${high} means nothing: it lies between "${before.means}" and "${band.means}".`
        : `${name} from ${high} to ${Math.min(low, band.range[1])} means both "${before.means}" and "${band.means}".`;
    report(band.k, 0, low, message, before.k);
  }
  if (ends !== null && last.range[1] !== ends[1]) {
    const [where, what] =
      last.range[1] < ends[1]
        ? [`from ${last.range[1]} to ${ends[1]}`, "means nothing"]
        : [`over ${ends[1]}`, "has a meaning but lies outside of the range"];
    report(last.k, 1, ends[1], `${name} ${where} ${what}.`);
  }
  return found;
}
