import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readJournal } from "../gateway/journal-format.ts";
import { redacted } from "../gateway/journal-record.ts";
import { preparedInputs } from "../prepare/chain.ts";
import { programsOf } from "../prepare/programs.ts";
import { type ColumnSkew, type Skew, skew } from "../prepare/skew.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { readFitted, requireSteps } from "./prepare-data.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

export interface SkewCommandOptions {
  readonly on: string;
  readonly spec?: string;
  readonly fitted?: string;
  readonly tolerance: string;
  readonly format: string;
}

const confidence = 0.95;
const [served, offline, prepared] = ["served", "offline", "served prepared"];

/** `muster data skew`: what serving used, row by row beside what training would have. */
export async function dataSkew(
  servedAt: string,
  offlineAt: string,
  options: SkewCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const tolerance = asTolerance(options.tolerance);
  const path = resolve(terminal.cwd, servedAt);
  const folder = await mkdtemp(join(tmpdir(), "muster-skew-"));
  const engine = await openEngine();
  try {
    terminal.progress(`opening ${servedAt}`);
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
    const flat = join(folder, "journal.jsonl");
    const hidden = isFolder ? await flatten(path, flat, options.on) : [];
    await engine.attach(served, isFolder ? flat : path, terminal.signal);
    await engine.attach(offline, resolve(terminal.cwd, offlineAt), terminal.signal);
    let left = served;
    if (options.fitted !== undefined) {
      const loaded = await requireSpec(options.spec ?? "muster.yaml", terminal);
      if (loaded === null) return exitCode.wrong;
      const inputs = loaded.spec.contract?.inputs ?? [];
      requireSteps(inputs, loaded.file);
      const fitted = await readFitted(options.fitted, inputs, terminal);
      const taken = new Set(preparedInputs(inputs).map(({ name }) => name));
      const kept = engine.info(served).columns.map(({ name }) => name);
      const projection = { programs: programsOf(fitted), kept: kept.filter((name) => !taken.has(name)) };
      await engine.project(prepared, served, projection, terminal.signal);
      left = prepared;
    }
    terminal.progress("comparing row by row");
    const found = await skew(
      engine,
      left,
      offline,
      { key: options.on, tolerance, confidence },
      terminal.signal,
    );
    terminal.done();
    terminal.out(format === "json" ? asJson(found, tolerance) : asText(found, options.on));
    if (hidden.length > 0) terminal.err(`Redacted in the journal, and not compared: ${hidden.join(", ")}.`);
    return found.joined > 0 && found.columns.every(({ mismatches }) => mismatches === 0)
      ? exitCode.kept
      : exitCode.notKept;
  } finally {
    terminal.done();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each answered row of a journal as one flat line, under the caller's id where it sent one; gives the redacted inputs. */
async function flatten(dir: string, to: string, key: string): Promise<readonly string[]> {
  const hidden = new Set<string>();
  async function* lines(): AsyncGenerator<string> {
    for await (const { kind, id, client_id: client, row, inputs } of readJournal(dir)) {
      if (kind !== "answer" || typeof inputs !== "object" || inputs === null) continue;
      const own = typeof client === "string" ? client : id;
      const cells = Object.entries(inputs).filter(([name, value]) => {
        if (value === redacted) hidden.add(name);
        return value !== redacted;
      });
      const name = typeof row === "number" ? `${own}#${row}` : own;
      yield `${JSON.stringify(Object.fromEntries([...cells, [key, name]]))}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(to));
  return [...hidden];
}

function asTolerance(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new MusterError("call/bad-argument", `--tolerance ${JSON.stringify(text)} is no number from 0 on.`, {
    hint: "Such as 1e-9.",
  });
}

function asJson(found: Skew, tolerance: number): string {
  return JSON.stringify(
    {
      version: 1,
      joined: found.joined,
      only_served: found.onlyServed,
      only_offline: found.onlyOffline,
      tolerance,
      columns: found.columns.map((each) => ({
        column: each.column,
        rows: each.rows,
        mismatches: each.mismatches,
        inexact: each.inexact,
        share: each.rows === 0 ? null : each.mismatches / each.rows,
        upper: each.upper,
        looks_like: each.looksLike,
        examples: each.examples,
      })),
      unmatched: found.unmatched,
    },
    null,
    2,
  );
}

function asText(found: Skew, key: string): string {
  const lines = [
    `${found.joined} rows with the same ${key}; ${found.onlyServed} only served, ${found.onlyOffline} only in training's data.`,
  ];
  for (const each of found.columns) {
    const column = printable(each.column);
    const bound = `at most ${percent(each.upper)} (95 %)`;
    if (each.mismatches === 0) {
      const near = each.inexact > 0 ? `, ${each.inexact} within the tolerance` : "";
      lines.push(`same     ${column}: no mismatch in ${each.rows} rows${near}, ${bound}`);
      continue;
    }
    lines.push(
      `differs  ${column}: ${each.mismatches} of ${each.rows} rows, ${percent(each.mismatches / each.rows)}, ${bound}`,
    );
    if (each.looksLike !== null)
      lines.push(`           it holds what training has as ${printable(each.looksLike)}`);
    lines.push(...each.examples.map((example) => `           ${exampleText(key, example)}`));
  }
  for (const [side, names] of Object.entries(found.unmatched)) {
    if (names.length > 0) lines.push(`only ${side}: ${names.slice(0, 20).map(printable).join(", ")}`);
  }
  return lines.join("\n");
}

const exampleText = (
  key: string,
  { key: value, served: left, offline: right }: ColumnSkew["examples"][number],
) => printable(`${key} ${value}: served ${JSON.stringify(left)}, training ${JSON.stringify(right)}`);

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
