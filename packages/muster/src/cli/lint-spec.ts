import { renderLintJson } from "../report/lint-json.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { loadSpec } from "./load-spec.ts";
import { diagnosticsText } from "./print-diagnostics.ts";
import { explain } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** Prints what is wrong with the specs; 0 when nothing is, 2 when one of the files could not be read. */
export async function lint(
  given: readonly string[],
  options: { readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const all: Diagnostic[] = [];
  let unread = false;
  for (const path of given) {
    const read = await loadSpec(path, terminal).catch((caught: unknown) => {
      // The other files are still worth reading: one wrong name in a long list hides no findings.
      if (!(caught instanceof MusterError) || caught.code !== "spec/unreadable") throw caught;
      explain(caught, terminal);
      return null;
    });
    unread ||= read === null;
    if (read === null) continue;
    const { source, diagnostics, loaded } = read;
    all.push(...diagnostics);
    if (format === "json") continue;
    if (diagnostics.length > 0) terminal.out(diagnosticsText(diagnostics, source, terminal.color));
    else terminal.out(`${source.file}: no findings; ${loaded?.claims.length ?? 0} claims.`);
  }
  if (format === "json") terminal.out(renderLintJson(all));
  if (unread) return exitCode.wrong;
  return all.some((d) => d.severity !== "info") ? exitCode.notKept : exitCode.kept;
}
