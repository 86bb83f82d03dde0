import type { Rule } from "../rule.ts";
import { balanceVsPrevalence } from "./balance-vs-prevalence.ts";
import { dateRangeVsFreshness } from "./date-range-vs-freshness.ts";
import { environmentMissing } from "./environment-missing.ts";
import { labelDelayVsWindow } from "./label-delay-vs-window.ts";
import { labelNoiseCeiling } from "./label-noise-ceiling.ts";
import { labelQualityUnmeasured } from "./label-quality-unmeasured.ts";
import { perClassExceedsTotal } from "./per-class-exceeds-total.ts";
import { selectionBiasUnstated } from "./selection-bias-unstated.ts";
import { sensitiveSourceUndeclared } from "./sensitive-source-undeclared.ts";
import { sourceFrequencyVsFreshness } from "./source-frequency-vs-freshness.ts";
import { sourceNoAccess } from "./source-no-access.ts";
import { splitLeakage } from "./split-leakage.ts";
import { testSetTooSmall } from "./test-set-too-small.ts";
import { volumeUnreachable } from "./volume-unreachable.ts";

/** The rules of this family, by code. */
export const dataRules: readonly Rule[] = [
  perClassExceedsTotal,
  volumeUnreachable,
  dateRangeVsFreshness,
  labelNoiseCeiling,
  labelQualityUnmeasured,
  labelDelayVsWindow,
  sourceNoAccess,
  sourceFrequencyVsFreshness,
  balanceVsPrevalence,
  sensitiveSourceUndeclared,
  splitLeakage,
  testSetTooSmall,
  selectionBiasUnstated,
  environmentMissing,
];
