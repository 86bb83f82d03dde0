import { resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";
import { asFormat } from "./format.ts";
import { storeFolder, whoRuns } from "./judge-spec.ts";
import { identifyModel } from "./model-files.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openModel, openStoreToRead } from "./wire.ts";

/** Makes a release live, after its model was loaded from the released copy: nothing that cannot serve is promoted. */
export async function promoteRelease(
  id: string,
  given: string,
  options: { readonly store?: string; readonly format: string },
  terminal: Terminal,
): Promise<void> {
  const format = asFormat(options.format, ["text", "json"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) throw new MusterError("spec/unreadable", `${given} has errors; nothing was promoted.`);
  const folder = storeFolder(loaded, options.store, terminal.cwd);
  const store = await openStoreToRead(folder);
  try {
    const { name } = loaded.spec;
    const release = await store.release(name, id);
    if (release === null) {
      const known = (await store.releases(name)).map((r) => r.id).join(", ") || "none yet";
      throw new MusterError("call/not-found", `${name} has no release ${id}.`, {
        hint: `Its releases: ${known}.`,
      });
    }
    terminal.progress("loading the released model");
    const path = resolve(folder, release.modelPath);
    const { digest } = await identifyModel(path).catch((cause: unknown) => {
      throw new MusterError("model/unreadable", `The stored model of ${id} is gone from ${path}.`, {
        cause,
        hint: "Restore the store's folder from a backup, or add the release again.",
      });
    });
    if (digest !== release.modelDigest) {
      throw new MusterError(
        "model/unreadable",
        `The stored model of ${id} is not the one that was released.`,
        {
          hint: "Somebody changed the store's folder; add the release again.",
        },
      );
    }
    const model = await openModel(path, { purpose: "serve", expectedDigest: release.modelDigest });
    await model.close();
    const from = (await store.pointer(name, "live"))?.release ?? null;
    const at = new Date(terminal.now()).toISOString();
    const who = whoRuns(terminal);
    if (from !== id) {
      await store.movePointer({ spec: name, role: "live", release: id, movedBy: who, movedAt: at }, from, {
        at,
        who,
        what: "release promote",
        spec: name,
        details: JSON.stringify({ from, to: id }),
      });
    }
    if (format === "json") terminal.out(JSON.stringify({ version: 1, spec: name, live: id, was: from }));
    else
      terminal.out(
        from === id ? `${id} is live already.` : `${id} is live${from === null ? "" : `, after ${from}`}.`,
      );
  } finally {
    await store.close();
  }
}
