import { readFile, stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Diagnostic } from "../source/diagnostic.ts";
import { MusterError } from "../source/muster-error.ts";
import { mostCharacters } from "../spec/limits.ts";
import { documentKinds, importDocument } from "../start/import/import-document.ts";
import type { Terminal } from "./terminal.ts";

export interface ImportedSpec {
  readonly yaml: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly source: { readonly file: string; readonly text: string };
}

/** A document written for something else as the text of a spec, with what could not be carried over. */
export async function importSpec(
  given: string,
  kind: string | undefined,
  terminal: Terminal,
): Promise<ImportedSpec> {
  const known = documentKinds.find((each) => each === kind);
  if (kind !== undefined && known === undefined) {
    throw new MusterError("call/bad-argument", `There is no --kind ${JSON.stringify(kind)}.`, {
      hint: `Use one of: ${documentKinds.join(", ")}.`,
    });
  }
  const path = resolve(terminal.cwd, given);
  const file = relative(terminal.cwd, path) || path;
  const text = await documentText(path, file);
  const { yaml, draft } = importDocument(file, text, known);
  return { yaml, diagnostics: draft.diagnostics, source: { file, text } };
}

async function documentText(path: string, file: string): Promise<string> {
  try {
    const { size } = await stat(path);
    // The importer says it in its own words; a gigabyte need not be read for that.
    return size > 4 * mostCharacters ? " ".repeat(mostCharacters + 1) : await readFile(path, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "is not there" : `cannot be read: ${code ?? message}`;
    throw new MusterError("call/not-found", `${file} ${what}.`, { cause, hint: "Check --import." });
  }
}
