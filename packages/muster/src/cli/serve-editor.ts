import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { registry } from "../checks/registry.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Linted } from "../lsp/analysis.ts";
import type { Host } from "../lsp/server.ts";
import { MusterError } from "../source/muster-error.ts";
import { lintText } from "../spec/lint-text.ts";
import { rules } from "../spec/rules/registry.ts";
import { configFinder } from "./lint-config.ts";
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

function editorHost(docs: URL | null, terminal: Terminal): Host {
  const { now } = terminal;
  const known = new Map<string, { readonly until: number; readonly evidence: readonly Evidence[] }>();
  return {
    lint: (text, uri) => lintForEditor(text, uri, terminal),
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

/** With the rules and settings of `muster lint`, so that editor and command line never disagree. */
async function lintForEditor(text: string, uri: string, { cwd, now }: Terminal): Promise<Linted> {
  const file = fileOf(uri);
  // Found anew each time: the config may have been edited in the next tab.
  const config = file === null ? null : await configFinder(rules, cwd)(dirname(file));
  const today = new Date(now()).toISOString().slice(0, 10);
  return lintText(text, file ?? uri, { rules, config: config?.source ?? null, today });
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
    const pages = ["docs/diagnostics.md", "packages/muster/package.json"];
    return pages.every((page) => existsSync(new URL(page, root))) ? root : null;
  }
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["https:", "http:", "file:"].includes(url.protocol)) {
    throw new MusterError("call/bad-argument", `--docs-url ${JSON.stringify(given)} is no web address.`, {
      hint: "Such as https://git.example/muster/blob/main/: pages are docs/diagnostics.md below it.",
    });
  }
  return url.href.endsWith("/") ? url : new URL(`${url.href}/`);
}
