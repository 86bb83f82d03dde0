import type { Change } from "./change.ts";
import { type ChangeRule, judgement } from "./change-rule.ts";

/** -1 where the limit moved so that less is enough, 1 where more is asked for, 0 where it stands. */
export function limitMove(change: Change): -1 | 0 | 1 {
  const key = change.path.split(".").at(-1) ?? "";
  const higherIsStricter = key === "at_least" || key === "alert_below";
  const [old, now] = [Number(change.old), Number(change.new)];
  if (Number.isNaN(old) || Number.isNaN(now) || old === now) return 0;
  return now > old === higherIsStricter ? 1 : -1;
}

/** Rules for a limit that moves to either side, each the mirror of the other. */
export const limitRules = (
  id: string,
  path: RegExp,
  words: { readonly weaker: string; readonly stronger: string },
  approval: string | undefined,
  version: "major" | "minor",
): readonly ChangeRule[] =>
  ([-1, 1] as const).map(
    (side): ChangeRule => ({
      id: `${id}-${side === -1 ? "lowered" : "raised"}`,
      path,
      on: ["changed"],
      mirror: `${id}-${side === -1 ? "raised" : "lowered"}`,
      classify: (c) => {
        if (limitMove(c) !== side) return null;
        return side === 1
          ? judgement({
              audience: ["relier"],
              effect: "tightening",
              evidence: "rejudge",
              because: words.stronger,
            })
          : judgement({
              audience: ["relier"],
              effect: "weakening",
              evidence: "rejudge",
              version,
              because: words.weaker,
              ...(approval === undefined ? {} : { approval }),
            });
      },
    }),
  );
