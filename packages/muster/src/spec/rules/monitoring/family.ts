import type { Rule } from "../rule.ts";
import { alertBelowNoiseFloor } from "./alert-below-noise-floor.ts";
import { alertLooserThanGate } from "./alert-looser-than-gate.ts";
import { alertTighterThanGate } from "./alert-tighter-than-gate.ts";
import { autoRetrainWithoutGate } from "./auto-retrain-without-gate.ts";
import { divergenceVsType } from "./divergence-vs-type.ts";
import { divergenceWithoutBaseline } from "./divergence-without-baseline.ts";
import { driftAlertUnreachable } from "./drift-alert-unreachable.ts";
import { logShorterThanWindow } from "./log-shorter-than-window.ts";
import { multiplicity } from "./multiplicity.ts";
import { noDataIsGreen } from "./no-data-is-green.ts";
import { promiseUnmonitored } from "./promise-unmonitored.ts";
import { retrainFasterThanLabels } from "./retrain-faster-than-labels.ts";
import { signalInputUnknown } from "./signal-input-unknown.ts";
import { signalNoOwner } from "./signal-no-owner.ts";
import { triggerWithoutSignal } from "./trigger-without-signal.ts";
import { windowTooSmall } from "./window-too-small.ts";
import { zeroBinPolicy } from "./zero-bin-policy.ts";

/** The rules of this family, by code. */
export const monitoringRules: readonly Rule[] = [
  divergenceWithoutBaseline,
  alertBelowNoiseFloor,
  windowTooSmall,
  alertLooserThanGate,
  alertTighterThanGate,
  signalNoOwner,
  signalInputUnknown,
  promiseUnmonitored,
  triggerWithoutSignal,
  autoRetrainWithoutGate,
  retrainFasterThanLabels,
  divergenceVsType,
  zeroBinPolicy,
  multiplicity,
  noDataIsGreen,
  logShorterThanWindow,
  driftAlertUnreachable,
];
