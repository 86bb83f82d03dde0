import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { registry } from "../checks/registry.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Linted } from "../lsp/analysis.ts";
import type { Host } from "../lsp/server.ts";
import { MusterError } from "../source/muster-error.ts";
import { parse } from "../spec/parse.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";
import { openStoreToRead } from "./wire.ts";

/** How long evidence that was read is shown without a look into the store: hovers come in bursts. */
const freshMs = 2_000;

/** `muster lsp`: ends with the process, when the editor says so. */
export async function serveEditor(
  options: { readonly docsUrl?: string },
  terminal: Terminal,
): Promise<never> {
  const docs = docsAt(options.docsUrl);
  const { serveStdio } = await import("../lsp/connection.ts");
  return serveStdio(version, () => editorHost(docs, terminal), terminal.signal);
}

function editorHost(docs: URL | null, { now }: Terminal): Host {
  const known = new Map<string, { readonly until: number; readonly evidence: readonly Evidence[] }>();
  return {
    lint: async (text, uri) => lintForEditor(text, fileOf(uri) ?? uri),
    async evidence(spec, uri) {
      const file = fileOf(uri);
      if (file === null) return [];
      const key = JSON.stringify([dirname(file), spec]);
      const last = known.get(key);
      if (last !== undefined && last.until > now()) return last.evidence;
      const evidence = await storedEvidence(spec, join(dirname(file), ".muster"));
      known.clear();
      known.set(key, { until: now() + freshMs, evidence });
      return evidence;
    },
    registry,
    now,
    docs: (page) => (docs === null ? null : new URL(page, docs).href),
  };
}

/** The same as `muster lint`, so that editor and command line never disagree. */
function lintForEditor(text: string, file: string): Linted {
  const parsed = parse(text, file);
  return { parsed, items: parsed.diagnostics.map((diagnostic) => ({ diagnostic, finding: null })) };
}

async function storedEvidence(spec: string, folder: string): Promise<readonly Evidence[]> {
  const store = await openStoreToRead(folder);
  try {
    return await store.evidence(spec);
  } finally {
    await store.close();
  }
}

/** Null for what is no file: a tab that was never saved, say. */
function fileOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** The given address; else the pages of the repository, where Muster runs from one. */
function docsAt(given: string | undefined): URL | null {
  if (given === undefined) {
    const root = new URL("../../../../", import.meta.url);
    return existsSync(new URL("docs/diagnostics.md", root)) ? root : null;
  }
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["https:", "http:", "file:"].includes(url.protocol)) {
    throw new MusterError("call/bad-argument", `--docs-url ${JSON.stringify(given)} is no web address.`, {
      hint: "Such as https://git.example/muster/blob/main/: pages are docs/diagnostics.md below it.",
    });
  }
  return url.href.endsWith("/") ? url : new URL(`${url.href}/`);
}
