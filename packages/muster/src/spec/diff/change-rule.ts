import type { Spec } from "../spec.ts";
import type { Audience, Change, Classified, Effect, EvidenceEffect } from "./change.ts";

/** Both specs, for what a change means can hang on other lines. */
export interface ChangeContext {
  readonly before: Spec;
  readonly after: Spec;
}

export type Judgement = Pick<
  Classified,
  "audience" | "effect" | "evidence" | "version" | "approval" | "because"
>;

/** Classifies the changes of one kind of line. The first rule whose path and kind fit, and that applies, decides. */
export interface ChangeRule {
  readonly id: string;
  readonly path: RegExp;
  readonly on: readonly Change["kind"][];
  /** Where the opposite change is possible, the rule that classifies it. */
  readonly mirror?: string;
  classify(change: Change, context: ChangeContext): Judgement | null;
}

interface Shape {
  readonly audience: readonly Audience[];
  readonly effect: Effect;
  readonly evidence: EvidenceEffect;
  readonly version?: Classified["version"];
  readonly approval?: string;
  readonly because: string;
}

export const judgement = ({ version, approval, ...rest }: Shape): Judgement => ({
  ...rest,
  version: version ?? usualVersion(rest.effect),
  approval: approval ?? null,
});

/** A broken caller or a lessened promise is a new major or minor version; all else a patch or minor. */
function usualVersion(effect: Effect): Classified["version"] {
  switch (effect) {
    case "breaking":
      return "major";
    case "weakening":
    case "tightening":
    case "neutral":
      return "minor";
    case "editorial":
      return "patch";
    default:
      return effect satisfies never;
  }
}

/** A rule for one kind of change with one meaning. */
export function fixed(
  id: string,
  path: RegExp,
  on: Change["kind"],
  shape: Shape,
  mirror?: string,
): ChangeRule {
  return {
    id,
    path,
    on: [on],
    ...(mirror === undefined ? {} : { mirror }),
    classify: () => judgement(shape),
  };
}

/** Two rules for a number that is a promise: moved for the better it is tightened, for the worse it is weakened. */
export function promise(
  id: string,
  path: RegExp,
  better: "higher" | "lower",
  words: { readonly weaker: string; readonly stronger: string },
  rest: {
    readonly approval?: string;
    readonly weakVersion?: Classified["version"];
    readonly evidence?: EvidenceEffect;
  } = {},
): readonly ChangeRule[] {
  const moved = (change: Change): number => {
    const [old, now] = [Number(change.old), Number(change.new)];
    return Number.isNaN(old) || Number.isNaN(now) ? 0 : Math.sign(now - old);
  };
  const good = better === "higher" ? 1 : -1;
  const names = good === 1 ? ["lowered", "raised"] : ["raised", "lowered"];
  const [weak, strong] = [`${id}-${names[0]}`, `${id}-${names[1]}`];
  const evidence = rest.evidence ?? "rejudge";
  return [
    {
      id: weak,
      path,
      on: ["changed"],
      mirror: strong,
      classify: (change) =>
        moved(change) === -good
          ? judgement({
              audience: ["relier"],
              effect: "weakening",
              evidence,
              version: rest.weakVersion ?? "minor",
              because: words.weaker,
              ...(rest.approval === undefined ? {} : { approval: rest.approval }),
            })
          : null,
    },
    {
      id: strong,
      path,
      on: ["changed"],
      mirror: weak,
      classify: (change) =>
        moved(change) === good
          ? judgement({ audience: ["relier"], effect: "tightening", evidence, because: words.stronger })
          : null,
    },
  ];
}

/** Two rules for a line that is a promise by being there: added it tightens, removed it weakens. */
export function presence(
  id: string,
  path: RegExp,
  words: { readonly gone: string; readonly there: string },
  rest: { readonly approval?: string; readonly goneVersion?: Classified["version"] } = {},
): readonly ChangeRule[] {
  return [
    fixed(
      `${id}-removed`,
      path,
      "removed",
      {
        audience: ["relier"],
        effect: "weakening",
        evidence: "drop",
        version: rest.goneVersion ?? "minor",
        because: words.gone,
        ...(rest.approval === undefined ? {} : { approval: rest.approval }),
      },
      `${id}-added`,
    ),
    fixed(
      `${id}-added`,
      path,
      "added",
      { audience: ["relier"], effect: "tightening", evidence: "new", because: words.there },
      `${id}-removed`,
    ),
  ];
}
