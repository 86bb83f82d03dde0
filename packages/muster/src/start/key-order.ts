/** The keys of the language in the order in which docs/spec-language.md has them. */
const order: readonly string[] = `
muster name version status owners
problem contract data training evaluation risks deployment monitoring retraining
id statement level decision what mode output baseline description consumers who use budget explanation
inputs outputs edge_cases fallback variance
type source unit required
path unit_id query_id document_id label column at positive negative verified_by time as_of requirements sources
decide_by confidence primary secondary subgroups by metric at_least at_most
from to range values hours bins preprocessing missing default interpretation decide surface_above
probability impact mitigation controls
latency throughput infrastructure versioning rollback shadow canary log
p50 p99 timeout peak burst rate for then per_client compute memory model_size keep within
share requests max_label_changes max_added_p99 steps hold survives retain redact
performance input_drift prediction_drift no_data notify
alert_below alert_above window labels_after after owner access volume updates
triggers run approval approvers cooldown drift schedule data_older_than
`
  .trim()
  .split(/\s+/);

const rank: ReadonlyMap<string, number> = new Map(order.map((key, i) => [key, i]));

/** Known keys first and in the language's order; others behind them, as they stood. */
export function inOrder(keys: readonly string[]): string[] {
  const at = (key: string): number => rank.get(key) ?? order.length;
  return [...keys].sort((a, b) => at(a) - at(b));
}
