import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import {
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type Location,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
} from "vscode-languageserver-protocol/node.js";
import { bin, muster } from "./fixtures/muster.ts";
import { toyProject } from "./fixtures/toy-project.ts";

const example = fileURLToPath(new URL("../../../examples/flight-delay/muster.yaml", import.meta.url));
const text = readFileSync(example, "utf8");
const project = toyProject();
// Opened where no store lies beside it: in a checkout that was used, the example has evidence.
const uri = pathToFileURL(project.path("apart/muster.yaml")).href;

let child: ChildProcess;
let connection: ProtocolConnection;
let errors = "";
let published: PublishDiagnosticsParams[] = [];
let waiting: (() => void)[] = [];

function launch(...args: string[]): ChildProcess {
  errors = "";
  child = spawn(process.execPath, [bin, "lsp", ...args], { cwd: project.folder, stdio: "pipe" });
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  return child;
}

async function connect(...args: string[]): Promise<InitializeResult> {
  const { stdout, stdin } = launch(...args);
  if (stdout === null || stdin === null) throw new Error("the server has no pipes");
  published = [];
  waiting = [];
  connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const go of waiting.splice(0)) go();
  });
  connection.listen();
  const ready: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  return ready;
}

const ended = async (): Promise<number | null> =>
  child.exitCode ?? ((await once(child, "close"))[0] as number | null);

afterEach(async () => {
  connection?.dispose();
  if (child.exitCode === null) child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
});

const open = (file: string, content: string, version = 1): Promise<void> =>
  connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: file, languageId: "yaml", version, text: content },
  });

/** As an editor does for a keystroke: a part of the file, by its place. */
function type(file: string, version: number, before: string, find: string, put: string): Promise<void> {
  const range = { start: place(before, find), end: place(before, find, find.length) };
  return connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: file, version },
    contentChanges: [{ range, text: put }],
  });
}

async function findings(file: string, version: number): Promise<readonly Diagnostic[]> {
  for (;;) {
    const found = published.find((one) => one.uri === file && one.version === version);
    if (found !== undefined) return found.diagnostics;
    await new Promise<void>((go) => waiting.push(go));
  }
}

/** The only place of `find`, and so many characters on. */
function place(of: string, find: string, on = 0): Position {
  const at = of.indexOf(find);
  expect(at, find).toBeGreaterThanOrEqual(0);
  expect(of.indexOf(find, at + 1), `${find} twice`).toBe(-1);
  const lines = of.slice(0, at + on).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const ask = <T>(what: string, file: string, position: Position): Promise<T> =>
  connection.sendRequest(`textDocument/${what}`, { textDocument: { uri: file }, position });

const labels = async (file: string, position: Position): Promise<readonly string[]> =>
  (await ask<CompletionItem[]>("completion", file, position)).map(({ label }) => label);

test("an editor's session on the example: findings, hovers, completions, definitions and fixes", async () => {
  const { capabilities, serverInfo } = await connect("--docs-url", "https://docs.example/muster");
  expect(serverInfo?.name).toBe("muster");
  expect(capabilities).toMatchObject({
    positionEncoding: "utf-16",
    hoverProvider: true,
    definitionProvider: true,
  });
  await open(uri, text);
  expect(await findings(uri, 1)).toEqual([]);

  // Typing breaks the file and mends it; each state is told with its version.
  await type(uri, 2, text, "latency: {p50: 5ms", "latencey: {p50: 5ms");
  const broken = text.replace("latency: {p50: 5ms", "latencey: {p50: 5ms");
  const [wrong, ...others] = await findings(uri, 2);
  expect(others).toEqual([]);
  expect(wrong).toMatchObject({
    code: "MU-A109",
    severity: 1,
    source: "muster",
    codeDescription: { href: "https://docs.example/muster/docs/diagnostics.md#mu-a109" },
    range: { start: place(broken, "latencey"), end: place(broken, "latencey", "latencey".length) },
  });
  expect(wrong?.message).toContain("Did you mean latency?");

  const key = (await ask<CompletionItem[]>("completion", uri, place(broken, "latencey", 5))).find(
    ({ label }) => label === "latency",
  );
  expect(key?.textEdit).toMatchObject({
    range: { start: place(broken, "latencey"), end: place(broken, "latencey", 8) },
    newText: "latency",
  });

  const actions: CodeAction[] = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: wrong?.range,
    context: { diagnostics: [wrong] },
  });
  expect(actions.map(({ title, kind, isPreferred }) => ({ title, kind, isPreferred }))).toEqual([
    { title: "Replace by latency", kind: "quickfix", isPreferred: true },
  ]);
  const [change] = (actions[0]?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument).toEqual({ uri, version: 2 });
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 3 },
    contentChanges: change?.edits.map(({ range, newText }) => ({ range, text: newText })),
  });
  expect(await findings(uri, 3)).toEqual([]);

  const primary = await ask<Hover>("hover", uri, place(text, "primary: {metric: roc_auc", 20));
  expect(primary.contents).toMatchObject({
    kind: "markdown",
    value: expect.stringMatching(/roc\\_auc is at least 0\.65.*evaluation-primary.*not measured yet/s),
  });
  const group = await ask<Hover>("hover", uri, place(text, "by: origin", 6));
  expect(group.contents).toMatchObject({ value: expect.stringMatching(/where origin is ORD.*DFW/s) });

  const definition = await ask<Location>(
    "definition",
    uri,
    place(text, "[contract.outputs.late.surface_above]", 5),
  );
  expect(definition).toEqual({
    uri,
    range: { start: place(text, "surface_above: 0.90"), end: place(text, "surface_above: 0.90", 13) },
  });

  // Half a line, as it is typed.
  const metric = text.replace("- {metric: recall, alert_below: 0.45}", "- {metric: re");
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 4 },
    contentChanges: [{ text: metric }],
  });
  const metrics = await labels(uri, place(metric, "- {metric: re", 13));
  expect(metrics).toEqual(expect.arrayContaining(["recall", "roc_auc", "expected_calibration_error"]));
  expect(metrics).not.toContain("mean_absolute_error");
  const unit = text.replace("p99: 25ms, timeout", "p99: 25, timeout");
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 5 },
    contentChanges: [{ text: unit }],
  });
  expect(await labels(uri, place(unit, "p99: 25, timeout", 7))).toEqual(
    expect.arrayContaining(["25ms", "25s", "25m"]),
  );
  const input = text.replace("- {by: distance, bins", "- {by: , bins");
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 6 },
    contentChanges: [{ text: input }],
  });
  expect((await labels(uri, place(input, "- {by: , bins", 7))).slice(0, 4)).toEqual([
    "origin",
    "destination",
    "departure",
    "distance",
  ]);

  const symbols: DocumentSymbol[] = await connection.sendRequest("textDocument/documentSymbol", {
    textDocument: { uri },
  });
  expect(symbols.map(({ name }) => name)).toEqual([
    "problem",
    "contract",
    "data",
    "evaluation",
    "risks",
    "deployment",
    "monitoring",
    "retraining",
  ]);

  expect(await connection.sendRequest("shutdown")).toBeNull();
  await connection.sendNotification("exit");
  expect(await ended()).toBe(0);
  expect(errors).toBe("");
});

test("the editor shows the codes and places that muster lint prints", async () => {
  await connect();
  project.write("muster.config.yaml", "lint: {preset: regulated}\n");
  const texts = [
    // Findings of rules, at the level of the config beside the file.
    text.replace("p50: 5ms", "p50: 30ms"),
    text.replace("p99: 25ms, timeout", "p99: 25, timeuot").replace("mode: automates", "mode: automatez"),
    text.replace("risks:", "risks: ]"),
    text.replaceAll("owner: ml", "owner: \u{1f600}ml"),
    "muster: 1\n",
    "\ufeffmuster: 2\r\nname: a\r\n",
  ];
  for (const [i, content] of texts.entries()) {
    const file = project.write(`case-${i}.muster.yaml`, content);
    await open(pathToFileURL(file).href, content);
    const shown = (await findings(pathToFileURL(file).href, 1)).map(({ code, range: { start, end } }) => [
      code,
      start.line + 1,
      start.character + (content.startsWith("\ufeff") && start.line === 0 ? 0 : 1),
      end.line + 1,
      end.character + (content.startsWith("\ufeff") && end.line === 0 ? 0 : 1),
    ]);
    const { out } = await muster(["lint", file, "--format", "json"], project.folder);
    const { diagnostics } = JSON.parse(out) as { diagnostics: Record<string, unknown>[] };
    const printed = diagnostics.map((d) => [d.code, d.line, d.column, d.end_line, d.end_column]);
    expect(shown, file).toEqual(printed);
    expect(shown.length, file).toBeGreaterThan(0);
  }
  expect(published[0]?.diagnostics.length).toBeGreaterThan(1);
  rmSync(project.path("muster.config.yaml"));
});

test("a hover tells the last verdict and number from the store beside the file", async () => {
  await muster(["check", "--model", project.good], project.folder);
  await connect();
  const content = readFileSync(project.spec, "utf8");
  const file = pathToFileURL(project.spec).href;
  await open(file, content);
  const shown = await ask<Hover>("hover", file, place(content, "primary:", 2));
  expect(shown.contents).toMatchObject({
    value: expect.stringMatching(/\*\*kept\*\*.*last measured 20\d\d.*: 0\.\d+ \\\[/s),
  });
  // A changed promise is judged on the evidence at hand, before it is saved.
  const strict = content.replace(/(primary: \{.*at_least: )[\d.]+/, "$10.9999");
  expect(strict).not.toBe(content);
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: file, version: 2 },
    contentChanges: [{ text: strict }],
  });
  const judged = await ask<Hover>("hover", file, place(strict, "primary:", 2));
  expect(judged.contents).toMatchObject({ value: expect.stringMatching(/\*\*(broken|undecided)\*\*: /) });
});

test("of many quick edits the last one is shown, and what is wrong in one file says nothing of another", async () => {
  await connect();
  await open(uri, text);
  for (let version = 2; version < 200; version++) {
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [
        { text: version === 199 ? text.replace("muster: 1", "muster: 3") : "x".repeat(version) },
      ],
    });
  }
  expect((await findings(uri, 199)).map(({ code }) => code)).toEqual(["MU-A217"]);
  const versions = published.map(({ version }) => version ?? 0);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  expect(versions.length).toBeLessThan(50);

  await open("file:///elsewhere/docker-compose.yaml", "services: {a: }}\n");
  expect(await findings("file:///elsewhere/docker-compose.yaml", 1)).toEqual([]);
  await open("untitled:Untitled-1", "muster: 2\n");
  expect((await findings("untitled:Untitled-1", 1)).length).toBeGreaterThan(0);
});

test("files, requests and places that make no sense are answered, not died of", async () => {
  await connect();
  const huge = `muster: 1\nname: a\n# ${"x".repeat(2 * 1024 * 1024)}\n`;
  await open("file:///huge/muster.yaml", huge);
  expect((await findings("file:///huge/muster.yaml", 1)).map(({ code }) => code)).toEqual(["MU-A209"]);
  expect(await ask("hover", "file:///huge/muster.yaml", { line: 1, character: 2 })).toBeNull();
  await open("file:///deep/muster.yaml", `muster: ${"[".repeat(100_000)}`);
  expect((await findings("file:///deep/muster.yaml", 1)).length).toBe(1);
  expect(await ask("hover", "file:///deep/muster.yaml", { line: 0, character: 50_000 })).toBeNull();
  expect(await ask("hover", "file:///never/opened.yaml", { line: 0, character: 0 })).toBeNull();
  expect(await ask("completion", uri, { line: 1e9, character: 1e9 })).toEqual([]);
  await open(uri, text);
  expect(await ask("hover", uri, { line: 1e9, character: 1e9 })).toBeNull();
  await expect(connection.sendRequest("textDocument/brewCoffee", {})).rejects.toThrow(/brewCoffee/);
  await expect(connection.sendRequest("textDocument/hover", { textDocument: {} })).resolves.toBeNull();
  await connection.sendNotification("textDocument/didChange", { textDocument: { uri, version: 2 } });
  await connection.sendNotification("no/such", {});
  expect(await connection.sendRequest("shutdown")).toBeNull();
  await connection.sendNotification("exit");
  expect(await ended()).toBe(0);
  expect(errors).not.toMatch(/^\s+at /m);
});

test("exit without shutdown, a closed input and rubbish on it end the server with 1 and no stack trace", async () => {
  await connect();
  await connection.sendNotification("exit");
  expect(await ended()).toBe(1);
  await connect();
  child.stdin?.end();
  expect(await ended()).toBe(1);
  launch();
  child.stdin?.end("GET / HTTP/1.1\r\nHost: a\r\n\r\nContent-Length: 5\r\n\r\n{{{{{");
  expect(await ended()).toBe(1);
  expect(errors).not.toMatch(/^\s+at /m);
});
