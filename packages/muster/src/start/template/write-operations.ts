import type { RawMap } from "../raw.ts";
import { around, blank, cell, listIn, mapIn, mapsIn, phrase, table } from "./cells.ts";

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export function riskLines(raw: RawMap): string[] {
  return table(
    ["Failure mode", "Probability", "Impact", "Mitigation"],
    mapsIn(raw.risks).map((risk) => {
      const impact = mapIn(risk.impact);
      const controls = listIn(risk.controls);
      return [
        cell(`${String(risk.id)}: ${String(risk.mode)}`),
        capital(cell(risk.probability)),
        cell(`${capital(String(impact.level))}: ${String(impact.what)}`),
        cell(
          `${String(risk.mitigation)}${controls.length === 0 ? "" : ` (controls: ${controls.join(", ")})`}`,
        ),
      ];
    }),
  );
}

export function deploymentLines(raw: RawMap): string[] {
  const { latency, throughput, infrastructure, versioning, rollback, shadow } = mapIn(raw.deployment);
  const time = mapIn(latency);
  const rates = mapIn(throughput);
  const burst = mapIn(rates.burst);
  const needs = mapIn(infrastructure);
  const beside = mapIn(shadow);
  const late = mapIn(raw.contract, "edge_cases").latency_exceeded;
  return [
    "Latency requirements:",
    "",
    `- P50 latency: ${around("<", time.p50) ?? blank}`,
    `- P99 latency: ${around("<", time.p99) ?? blank}`,
    `- Timeout behavior: ${time.timeout === undefined ? blank : phrase([around("", late), around("after ", time.timeout)], " ")}`,
    "",
    "Throughput requirements:",
    "",
    `- Peak QPS: ${cell(rates.peak)}`,
    `- Burst handling: ${burst.rate === undefined ? blank : `${cell(burst.rate)} for ${cell(burst.for)}, then ${cell(burst.then)}`}`,
    "",
    "Infrastructure requirements:",
    "",
    `- Compute: ${cell(needs.compute)}`,
    `- Memory: ${cell(needs.memory)}`,
    `- Model size: ${cell(needs.model_size)}`,
    "",
    "Versioning requirements:",
    "",
    `- Model versioning: ${around("", mapIn(versioning).keep, " versions are kept") ?? blank}`,
    `- Rollback capability: ${around("Can revert to previous version in <", mapIn(rollback).within) ?? blank}`,
    `- Shadow mode: ${phrase([around("", beside.share, " of requests"), around("", beside.requests, " requests")])}`,
    "",
  ];
}

const signals = [
  ["performance", "Model performance"],
  ["input_drift", "Input distribution"],
  ["prediction_drift", "Prediction distribution"],
  ["latency", "Latency"],
] as const;

export function monitoringLines(raw: RawMap): string[] {
  const monitoring = mapIn(raw.monitoring);
  const rows = signals.flatMap(([key, name]) => {
    const signal = mapIn(monitoring[key]);
    if (signal.metric === undefined) return [];
    const limits = phrase([around("< ", signal.alert_below), around("> ", signal.alert_above)], " or ");
    const after = around(", labels after ", signal.labels_after) ?? "";
    return [[name, cell(signal.metric), `${limits} over ${cell(signal.window)}${after}`, cell(signal.owner)]];
  });
  const silence = mapIn(monitoring.no_data);
  if (silence.after !== undefined)
    rows.push(["No data", "requests", `> ${cell(silence.after)}`, cell(silence.owner)]);
  return [
    "Production monitoring:",
    "",
    ...table(["Signal", "Metric", "Alert threshold", "Owner"], rows),
    `Retraining trigger: ${triggerText(mapIn(raw.retraining))}`,
    "",
  ];
}

function triggerText(retraining: RawMap): string {
  const { drift, performance, schedule, data_older_than: age } = mapIn(retraining.triggers);
  const parts = [
    around("when ", drift, " alerts"),
    performance === true && "when performance alerts",
    around("scheduled ", schedule),
    around("when data is older than ", age),
    retraining.approval === "manual" && "manual approval required",
    retraining.approval === "automatic" && "approval automatic",
  ];
  return capital(phrase(parts, "; "));
}
