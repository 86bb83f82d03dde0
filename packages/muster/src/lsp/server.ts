import { TextDocument } from "vscode-languageserver-textdocument";
import type { Evidence } from "../claims/evidence.ts";
import type { Registry } from "../evaluate/evaluate.ts";
import { type Analysis, analyse, isSpec, type Linted } from "./analysis.ts";
import { codeActions } from "./code-actions.ts";
import { complete } from "./completion.ts";
import { definition } from "./definition.ts";
import { hover } from "./hover.ts";
import { outline } from "./outline.ts";
import type {
  CodeAction,
  CompletionItem,
  ContentChange,
  DocumentSymbol,
  EditorDiagnostic,
  Location,
  Position,
  Range,
} from "./protocol.ts";
import { completionItem, documentSymbol, editorDiagnostic, rangeOf } from "./to-protocol.ts";

/** What the server asks of the machine that it runs on. */
export interface Host {
  /** All that `muster lint` says of the text, were it the file of this address. */
  lint(text: string, uri: string): Promise<Linted>;
  /** The stored evidence of a spec, newest first; empty where nothing was measured. */
  evidence(spec: string, uri: string): Promise<readonly Evidence[]>;
  readonly registry: Registry;
  now(): number;
  /** The address of a docs page that is named by its path in the repository, or null where there is none. */
  docs(page: string): string | null;
}

/** What the server tells the editor unasked. */
export interface Client {
  diagnostics(all: { uri: string; version: number; diagnostics: EditorDiagnostic[] }): void;
  /** For the log of the editor. */
  log(message: string): void;
}

/** Requests of an editor. Nothing throws or rejects: what cannot be answered is `null` or empty. */
export interface EditorServer {
  open(uri: string, languageId: string, version: number, text: string): void;
  change(uri: string, version: number, changes: readonly ContentChange[]): void;
  close(uri: string): void;
  /** Lints all open files anew: what they depend on has changed. */
  refresh(): void;
  hover(uri: string, position: Position): Promise<{ contents: { kind: "markdown"; value: string } } | null>;
  complete(uri: string, position: Position): Promise<CompletionItem[]>;
  definition(uri: string, position: Position): Promise<Location | null>;
  actions(uri: string, range: Range): Promise<CodeAction[]>;
  symbols(uri: string): Promise<DocumentSymbol[]>;
}

interface Open {
  document: TextDocument;
  timer: ReturnType<typeof setTimeout> | undefined;
  analysis: { readonly version: number; readonly result: Promise<Analysis | null> } | null;
  last: Analysis | null;
}

/** How long the server waits for the next keystroke before it lints. */
const pauseMs = 20;

export function createServer(host: Host, client: Client): EditorServer {
  const files = new Map<string, Open>();

  /** The analysis of the newest version; null for a file that is no spec. */
  function analysisOf(file: Open): Promise<Analysis | null> {
    const { version, uri } = file.document;
    if (file.analysis?.version === version) return file.analysis.result;
    const result = read(file, file.document.getText(), uri);
    file.analysis = { version, result };
    return result;
  }

  async function read(file: Open, text: string, uri: string): Promise<Analysis | null> {
    if (!isSpec(uri, text)) return null;
    const analysis = analyse(text, await host.lint(text, uri), file.last);
    // Of two versions under way the older may be done last.
    if (file.document.getText() === text) file.last = analysis;
    return analysis;
  }

  function later(uri: string, file: Open): void {
    clearTimeout(file.timer);
    file.timer = setTimeout(() => void publish(uri, file), pauseMs);
  }

  async function publish(uri: string, file: Open): Promise<void> {
    const { version } = file.document;
    await guarded("lint", null, async () => {
      const analysis = await analysisOf(file);
      // A newer version has its own turn, and a closed file has nothing to show.
      if (files.get(uri) !== file || file.document.version !== version) return null;
      const diagnostics = (analysis?.items ?? []).map(({ diagnostic }) =>
        editorDiagnostic(file.document, diagnostic, host.docs),
      );
      client.diagnostics({ uri, version, diagnostics });
      return null;
    });
  }

  async function guarded<T>(what: string, otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (caught) {
      client.log(`${what}: ${caught instanceof Error ? caught.message : String(caught)}`);
      return otherwise;
    }
  }

  /** Answers about a spec that is open, as of its newest version. */
  function about<T>(
    what: string,
    uri: string,
    otherwise: T,
    answer: (analysis: Analysis, document: TextDocument) => T | Promise<T>,
  ): Promise<T> {
    return guarded(what, otherwise, async () => {
      const file = files.get(uri);
      if (file === undefined) return otherwise;
      const { document } = file;
      const analysis = await analysisOf(file);
      return analysis === null ? otherwise : answer(analysis, document);
    });
  }

  return {
    open(uri, languageId, version, text) {
      clearTimeout(files.get(uri)?.timer);
      const document = TextDocument.create(uri, languageId, version, text);
      const file = { document, timer: undefined, analysis: null, last: null };
      files.set(uri, file);
      later(uri, file);
    },
    change(uri, version, changes) {
      const file = files.get(uri);
      if (file === undefined) return;
      // A new document each time: an analysis under way keeps the one that it speaks of.
      const { languageId } = file.document;
      const copy = TextDocument.create(uri, languageId, file.document.version, file.document.getText());
      file.document = TextDocument.update(copy, [...changes], version);
      later(uri, file);
    },
    close(uri) {
      const file = files.get(uri);
      if (file === undefined) return;
      clearTimeout(file.timer);
      files.delete(uri);
      client.diagnostics({ uri, version: file.document.version, diagnostics: [] });
    },
    refresh() {
      for (const [uri, file] of files) {
        file.analysis = null;
        later(uri, file);
      }
    },
    hover: (uri, position) =>
      about("hover", uri, null, async (analysis, document) => {
        const name = analysis.lastSpec?.name;
        const evidence = name === undefined ? [] : await guarded("hover", [], () => host.evidence(name, uri));
        const known = { evidence, registry: host.registry, now: host.now() };
        const value = hover(analysis, document.offsetAt(position), known);
        return value === null ? null : { contents: { kind: "markdown", value } };
      }),
    complete: (uri, position) =>
      about("completion", uri, [], (analysis, document) =>
        complete(analysis, document.offsetAt(position)).map((one, i) => completionItem(document, one, i)),
      ),
    definition: (uri, position) =>
      about<Location | null>("definition", uri, null, ({ text }, document) => {
        const to = definition(text, document.offsetAt(position))?.to;
        return to === undefined ? null : { uri, range: rangeOf(document, to.start, to.end) };
      }),
    actions: (uri, range) =>
      about("code action", uri, [], (analysis, document) =>
        codeActions(analysis, document, range, (d) => editorDiagnostic(document, d, host.docs)),
      ),
    symbols: (uri) =>
      about("symbols", uri, [], ({ text }, document) =>
        outline(text).map((entry) => documentSymbol(document, entry)),
      ),
  };
}
