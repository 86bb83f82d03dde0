import type { Signal } from "../../spec/monitoring-section.ts";
import type { Spec } from "../../spec/spec.ts";
import type { ClaimWriter } from "./claim-writer.ts";

/** Section 7: monitoring and retraining. All of it is proven by production alone. */
export function compileMonitoring(spec: Spec, writer: ClaimWriter): void {
  const live = (at: readonly string[], says: string, because = "nothing watches production yet"): void =>
    writer.open({ section: "monitoring", stage: "live", at, path: at.join("."), says }, because);

  const m = spec.monitoring;
  const signal = (
    key: "performance" | "input_drift" | "prediction_drift" | "latency",
    what: string,
  ): void => {
    const s = m?.[key];
    if (s !== undefined) live(["monitoring", key], `${what}: ${signalWords(s)}`);
  };
  signal("performance", "Model performance");
  signal("input_drift", "Input distribution");
  signal("prediction_drift", "Prediction distribution");
  signal("latency", "Latency");
  if (m?.no_data) {
    live(
      ["monitoring", "no_data"],
      `${owner(m.no_data.owner)} is told when no request came for ${m.no_data.after.text}`,
    );
  }
  for (const [role, addresses] of Object.entries(m?.notify ?? {})) {
    live(
      ["monitoring", "notify", role],
      `${role} can be told of an alert at ${addresses.length} address${addresses.length === 1 ? "" : "es"}`,
    );
  }

  if (m?.false_alerts) {
    const { per_week } = m.false_alerts;
    live(["monitoring", "false_alerts"], `At most ${per_week} alerts a week come although nothing changed`);
  }
  if (spec.evidence) {
    live(
      ["evidence", "valid_for"],
      `No verdict rests on a measurement older than ${spec.evidence.valid_for.text}`,
      "nothing tells the age of evidence yet",
    );
  }
  const r = spec.retraining;
  const decide = "nothing decides on retraining yet";
  if (r?.triggers?.drift)
    live(
      ["retraining", "triggers", "drift"],
      `${r.triggers.drift} over its limit starts a retraining`,
      decide,
    );
  if (r?.triggers?.performance) {
    live(
      ["retraining", "triggers", "performance"],
      "Performance under its limit starts a retraining",
      decide,
    );
  }
  if (r?.triggers?.schedule) {
    live(
      ["retraining", "triggers", "schedule"],
      `A retraining starts on the schedule ${r.triggers.schedule}`,
      decide,
    );
  }
  if (r?.triggers?.data_older_than) {
    const age = r.triggers.data_older_than.text;
    live(
      ["retraining", "triggers", "data_older_than"],
      `Training data older than ${age} starts a retraining`,
      decide,
    );
  }
  if (r?.run) live(["retraining", "run"], "The retraining command makes a new candidate", decide);
  if (r?.gate) {
    const what = r.gate.length === 0 ? "nothing" : r.gate.join(", ");
    live(["retraining", "gate"], `A retrained model has to pass ${what} again before it ships`, decide);
  }
  if (r?.feedback?.holdout) {
    live(
      ["retraining", "feedback", "holdout"],
      `The model's answer is kept from ${r.feedback.holdout.text} of the requests`,
      decide,
    );
  }
  if (r?.approval) {
    const by = r.approval === "manual" ? ` by ${(r.approvers ?? ["a person"]).join(" or ")}` : "";
    live(
      ["retraining", "approval"],
      `A retrained model is approved ${r.approval === "manual" ? "by hand" : "automatically"}${by}`,
      decide,
    );
  }
  if (r?.cooldown)
    live(["retraining", "cooldown"], `At least ${r.cooldown.text} lie between two retrainings`, decide);
}

const owner = (name: string | undefined): string => name ?? "Somebody";

function signalWords(s: Signal): string {
  const above = typeof s.alert_above === "object" ? s.alert_above.text : s.alert_above;
  const limit = s.alert_below !== undefined ? `falls below ${s.alert_below}` : `rises above ${above}`;
  return `${owner(s.owner)} is told when ${s.metric} over ${s.window.text} ${limit}`;
}
