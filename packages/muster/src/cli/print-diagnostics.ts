import { createColors } from "picocolors";
import { renderLintText } from "../report/lint-text.ts";
import { type Paint, plain } from "../report/paint.ts";
import { codeFrame } from "../source/code-frame.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { sourceFile } from "../source/source-file.ts";
import { type LoadedSpec, loadSpec } from "./load-spec.ts";
import type { SpecFile } from "./read-spec.ts";
import type { Terminal } from "./terminal.ts";

export const paintOf = (color: boolean): Paint => (color ? createColors(true) : plain);

/** Diagnostics with their places in the file. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  source: SpecFile,
  color: boolean,
): string {
  const file = sourceFile(source.file, source.text);
  const paint = paintOf(color);
  return renderLintText(diagnostics, {
    paint,
    frame: (d) =>
      d.at === null ? "" : codeFrame(file, d.at, { paint: { gutter: paint.dim, marker: paint.red } }),
  });
}

/** The spec, or null after its errors were printed. */
export async function requireSpec(given: string | undefined, terminal: Terminal): Promise<LoadedSpec | null> {
  const { loaded, source, diagnostics } = await loadSpec(given, terminal);
  if (loaded === null) terminal.err(diagnosticsText(diagnostics, source, terminal.errorColor));
  return loaded;
}
