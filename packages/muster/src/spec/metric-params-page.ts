import { allowed, type MetricParam } from "./metric-param.ts";
import { allParams } from "./metric-params.ts";

/** Every parameter of every metric as a Markdown table, for docs/spec-language.md. */
export function metricParamsTable(): string {
  const rows = [...allParams()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([param, ways]) => ways.map(({ spec, metrics }) => row(param, spec, metrics)));
  return ["| parameter | of | value | when absent | meaning |", "|---|---|---|---|---|", ...rows].join("\n");
}

function row(param: string, spec: MetricParam, metrics: readonly string[]): string {
  const preset = "default" in spec && spec.default !== null ? `\`${spec.default}\`` : "";
  const of = metrics.map((name) => `\`${name}\``).join(", ");
  const cells = [`\`${param}\``, of, allowed(spec).replace(/\.$/, ""), preset, spec.says];
  return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
