import process from "node:process";
import { createConnection, TextDocumentSyncKind } from "vscode-languageserver/node.js";
import { createServer, type Host } from "./server.ts";

/** How a host is made once the editor has said what it is. */
export type HostFor = (said: { readonly log: (message: string) => void }) => Host;

/**
 * Speaks the Language Server Protocol on standard input and output until the editor says exit or goes away. The process
 * then ends: with 0 after `shutdown`, with 1 without, as the protocol has it. An aborted signal ends it as well.
 */
export function serveStdio(version: string, hostFor: HostFor, signal: AbortSignal): Promise<never> {
  const connection = createConnection(process.stdin, process.stdout);
  const log = (message: string): void => connection.console.warn(message);
  const server = createServer(hostFor({ log }), {
    diagnostics: (all) => void connection.sendDiagnostics(all).catch(() => {}),
    log,
  });
  connection.onInitialize(() => ({
    capabilities: {
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [":", " ", "[", ",", ".", "{"] },
      definitionProvider: true,
      codeActionProvider: { codeActionKinds: ["quickfix"] },
      documentSymbolProvider: true,
    },
    serverInfo: { name: "muster", version },
  }));
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: of, text } }) =>
    server.open(uri, languageId, of, text),
  );
  connection.onDidChangeTextDocument(({ textDocument: { uri, version: of }, contentChanges }) =>
    server.change(uri, of, contentChanges),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => server.close(textDocument.uri));
  // A saved or changed file may be the config that the open ones are linted by.
  connection.onDidChangeWatchedFiles(() => server.refresh());
  connection.onDidSaveTextDocument(() => server.refresh());
  connection.onHover(({ textDocument, position }) => server.hover(textDocument.uri, position));
  connection.onCompletion(({ textDocument, position }) => server.complete(textDocument.uri, position));
  connection.onDefinition(({ textDocument, position }) => server.definition(textDocument.uri, position));
  connection.onCodeAction(({ textDocument, range }) => server.actions(textDocument.uri, range));
  connection.onDocumentSymbol(({ textDocument }) => server.symbols(textDocument.uri));
  connection.onShutdown(() => {});
  // Closing the input is how a connection without an editor ends.
  signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
  connection.listen();
  return new Promise<never>(() => {});
}
