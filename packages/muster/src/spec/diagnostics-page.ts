import type { CodeEntry } from "./code-entry.ts";
import { diagnosticCodes } from "./diagnostic-codes.ts";

const head = `# Diagnostics

What Muster says about a spec, by code. A code is permanent: scripts may rely on it, and it never changes its meaning.
The slug beside it is the same thing for people. This page is written from \`packages/muster/src/spec/diagnostic-codes.ts\`.
`;

/** docs/diagnostics.md. Each code is a heading of its own, so that \`#mu-a109\` leads to it. */
export function diagnosticsPage(): string {
  const list = diagnosticCodes.map(
    ({ code, slug, title }) => `| [${code}](#${code.toLowerCase()}) | ${slug} | ${title} |`,
  );
  const table = ["| code | slug | says |", "|---|---|---|", ...list].join("\n");
  return `${[head, table, "", ...diagnosticCodes.map(entry)].join("\n")}`;
}

function entry({ code, slug, title, explanation, example }: CodeEntry): string {
  const lines = [`## ${code}`, "", `**${title}** (\`${slug}\`)`, "", explanation, ""];
  if (example !== null) {
    lines.push("```yaml", "# refused", example.wrong, "# accepted", example.right, "```", "");
  }
  return lines.join("\n");
}
