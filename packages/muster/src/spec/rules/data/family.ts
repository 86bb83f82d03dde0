import type { Rule } from "../rule.ts";
import { dateRangeVsFreshness } from "./date-range-vs-freshness.ts";
import { labelDelayVsWindow } from "./label-delay-vs-window.ts";
import { labelNoiseCeiling } from "./label-noise-ceiling.ts";
import { perClassExceedsTotal } from "./per-class-exceeds-total.ts";
import { sourceFrequencyVsFreshness } from "./source-frequency-vs-freshness.ts";
import { volumeUnreachable } from "./volume-unreachable.ts";

/** The rules of this family, by code. */
export const dataRules: readonly Rule[] = [
  perClassExceedsTotal,
  volumeUnreachable,
  dateRangeVsFreshness,
  labelNoiseCeiling,
  labelDelayVsWindow,
  sourceFrequencyVsFreshness,
];
