import { printable } from "../report/printable.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { storeFolder } from "./judge-spec.ts";
import { requireSpec } from "./print-diagnostics.ts";
import { shellWord } from "./shell-word.ts";
import type { Terminal } from "./terminal.ts";
import { openStoreToRead } from "./wire.ts";

/** Prints the releases of a spec, the newest first, and which one is live. */
export async function listReleases(
  given: string,
  options: { readonly store?: string; readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const store = await openStoreToRead(storeFolder(loaded, options.store, terminal.cwd));
  try {
    const { name } = loaded.spec;
    const live = (await store.pointer(name, "live"))?.release ?? null;
    const releases = await store.releases(name);
    if (format === "json") {
      const rows = releases.map((r) => ({
        id: r.id,
        live: r.id === live,
        spec_version: r.specVersion,
        spec_digest: r.specDigest,
        model_digest: r.modelDigest,
        model_bytes: r.modelBytes,
        added_by: r.addedBy,
        added_at: r.addedAt,
      }));
      terminal.out(JSON.stringify({ version: 1, spec: name, releases: rows }, null, 2));
      return exitCode.kept;
    }
    if (releases.length === 0) {
      terminal.out(
        `${name} has no releases yet. Add one: muster release add ${shellWord(given)} --model FILE`,
      );
      return exitCode.kept;
    }
    for (const r of releases) {
      const mark = r.id === live ? "live" : "    ";
      terminal.out(
        `${mark}  ${r.id.padEnd(5)} spec ${r.specVersion}  model ${r.modelDigest.slice(7, 19)}  ${r.addedAt.slice(0, 16)}Z  ${printable(r.addedBy)}`,
      );
    }
    return exitCode.kept;
  } finally {
    await store.close();
  }
}
