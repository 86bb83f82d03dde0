import type { ParamSpec, Params } from "../params.ts";

/** For metrics that sacrebleu prints from 0 to 100 and others from 0 to 1. */
export const scaleParam: Readonly<Record<"scale", ParamSpec>> = {
  scale: {
    kind: "choice",
    of: ["0-100", "0-1"],
    default: "0-100",
    says: "Which of its two scales the metric is on.",
  },
};

/** A number of 0 to 100 on the scale that was asked for. */
export function onScale(params: Params, value: number): number {
  return params.get("scale") === "0-1" ? value / 100 : value;
}
