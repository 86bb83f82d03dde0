import type { GatewayStats } from "./gateway-stats.ts";
import { exposeCounts, exposeNumber, type LatencyHistogram } from "./metrics.ts";

/** The metrics in the text format of Prometheus. No label comes from a request, so their number is bounded. */
export function expose(stats: GatewayStats, latency: LatencyHistogram, ready: boolean): string {
  const { journal } = stats;
  return [
    exposeCounts("muster_answers_total", "policy", stats.answers, "Rows answered, by who answered."),
    exposeCounts("muster_refusals_total", "code", stats.refusals, "Requests refused, by the reason's code."),
    exposeNumber(
      "muster_late_total",
      "counter",
      stats.late,
      "Results of the model that came too late to be given.",
    ),
    latency.expose("muster_answer_seconds", "From the whole request to its reply, answered requests only."),
    exposeNumber("muster_in_flight", "gauge", stats.inFlight, "Prediction requests under way."),
    exposeNumber(
      "muster_abandoned_runs",
      "gauge",
      stats.abandoned,
      "Model runs given up on that still hang.",
    ),
    exposeNumber(
      "muster_model_replaced_total",
      "counter",
      stats.replaced,
      "Processes of the model put in the place of dead or hanging ones.",
    ),
    exposeNumber("muster_connections", "gauge", stats.connections, "Open connections."),
    exposeNumber("muster_ready", "gauge", Number(ready), "Whether the gateway is ready."),
    exposeNumber("muster_journal_records_total", "counter", journal.records, "Records in the journal."),
    exposeNumber("muster_journal_bytes_total", "counter", journal.bytes, "Bytes of records in the journal."),
    exposeNumber(
      "muster_journal_failures_total",
      "counter",
      journal.failures,
      "Groups the journal could not take.",
    ),
  ].join("");
}
