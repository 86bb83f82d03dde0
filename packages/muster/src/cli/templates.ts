import { readdir, readFile } from "node:fs/promises";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";

// Published beside `dist`, so that the same address holds from `src/cli` and from `dist/cli`.
const folder = new URL("../../templates/", import.meta.url);
const ending = ".muster.yaml";

/** The kinds of product that there is a template for. */
export async function templateNames(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/** A template's text. Throws `call/bad-argument` for a name that there is none of. */
export async function templateText(name: string): Promise<string> {
  const known = await templateNames();
  // Looked up among the names, never joined into a path unseen.
  if (known.includes(name)) return readFile(new URL(`${name}${ending}`, folder), "utf8");
  const near = suggest(name, known);
  throw new MusterError("call/bad-argument", `There is no template ${JSON.stringify(name)}.`, {
    hint: near === null ? `Use one of: ${known.join(", ")}.` : `Did you mean ${near}?`,
  });
}
