import { measurableMetrics, partsOf } from "./metric-params.ts";
import { type ColumnPart, columnParts, type PartUse } from "./metric-part.ts";

/** Which columns every metric reads, as a Markdown table for docs/spec-language.md: metrics that read the same share a row. */
export function metricColumnsTable(): string {
  const alike = new Map<string, string[]>();
  for (const { name } of measurableMetrics()) {
    const parts = partsOf(name) ?? {};
    const words = columnParts.flatMap((part) => {
      const use = parts[part];
      return use === undefined ? [] : [`\`${part}\`${useWords(use)}`];
    });
    const key = words.join(", ");
    alike.set(key, [...(alike.get(key) ?? []), `\`${name}\``]);
  }
  const rows = [...alike].map(([columns, names]) => `| ${names.join(", ")} | ${columns} |`);
  return ["| metrics | columns |", "|---|---|", ...rows].join("\n");
}

function useWords(use: PartUse): string {
  if (use === "taken") return "";
  if (use === "needed") return " (needed)";
  if ("unless" in use) return ` (needed unless the parameter \`${use.unless}\` is given)`;
  if ("when" in use) return ` (with the parameter \`${use.when}\`, and needed then)`;
  const beside: ColumnPart = use.beside;
  return ` (beside \`${beside}\`)`;
}
