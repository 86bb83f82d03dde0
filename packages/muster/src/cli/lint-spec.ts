import { renderLintJson } from "../report/lint-json.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { loadSpec } from "./load-spec.ts";
import { diagnosticsText } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";

/** Prints what is wrong with the specs; 0 when nothing is. */
export async function lint(
  given: readonly string[],
  options: { readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const all: Diagnostic[] = [];
  for (const path of given) {
    const { source, diagnostics, loaded } = await loadSpec(path, terminal);
    all.push(...diagnostics);
    if (format === "json") continue;
    if (diagnostics.length > 0) terminal.out(diagnosticsText(diagnostics, source, terminal));
    else terminal.out(`${source.file}: no findings; ${loaded?.claims.length ?? 0} claims.`);
  }
  if (format === "json") terminal.out(renderLintJson(all));
  return all.some((d) => d.severity !== "info") ? exitCode.notKept : exitCode.kept;
}
