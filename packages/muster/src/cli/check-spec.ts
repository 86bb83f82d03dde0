import { resolve } from "node:path";
import { type Stage, stages } from "../claims/claim.ts";
import { MusterError } from "../source/muster-error.ts";
import { writeTemplate } from "../start/template/write-template.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { type Judged, judgeSpec } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { type ReportFormat, reportText } from "./print.ts";
import { requireSpec } from "./print-diagnostics.ts";
import { shellWord } from "./shell-word.ts";
import type { Terminal } from "./terminal.ts";
import { writeOutput } from "./write-output.ts";

export interface CheckOptions {
  readonly model?: string;
  readonly stage?: readonly string[];
  readonly store?: string;
  readonly memory?: string;
  readonly fresh?: boolean;
  readonly all?: boolean;
  readonly explain?: boolean;
  readonly allowJudge?: string;
  readonly format: string;
}

export interface ReportOptions {
  readonly model?: string;
  readonly store?: string;
  readonly format: string;
  readonly output?: string;
  readonly template?: boolean;
}

/** `muster check`: measures what has no fresh evidence, stores it, prints the verdicts. */
export async function check(given: string, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json", "markdown"]);
  const chosen = options.stage?.flatMap((s) => s.split(",")).map(asStage);
  const judgeCalls = options.allowJudge === undefined ? null : asCalls(options.allowJudge);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  if (options.explain === true) {
    const { explainCheck } = await import("./explain-check.ts");
    const own = { ...options, format: asFormat(options.format, ["text", "json"]) };
    return explainCheck(loaded, { ...own, ...(chosen === undefined ? {} : { stages: chosen }) }, terminal);
  }
  const judged = await judgeSpec(
    loaded,
    {
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(options.store === undefined ? {} : { store: options.store }),
      ...(options.memory === undefined ? {} : { memory: options.memory }),
      ...(chosen === undefined ? {} : { stages: chosen }),
      ...(judgeCalls === null ? {} : { judgeCalls }),
      measure: options.fresh === true ? "all" : "missing",
    },
    terminal,
  );
  const notes = [
    measuredNote(judged),
    ...(loaded.warnings === 0
      ? []
      : [
          `muster lint has ${loaded.warnings} ${loaded.warnings === 1 ? "finding" : "findings"} in the spec.`,
        ]),
    ...(chosen === undefined ? [] : [`Only the claims of ${chosen.join(" and ")} were looked at.`]),
  ];
  const model = options.model === undefined ? "" : ` --model ${shellWord(options.model)}`;
  terminal.out(
    reportText(format, loaded, judged, terminal, `muster check ${shellWord(given)}${model}`, {
      all: options.all ?? false,
      notes,
    }),
  );
  return codeOf(judged, chosen);
}

/** `muster status`: the same from stored evidence alone. */
export async function status(
  given: string,
  options: { readonly model?: string; readonly store?: string; readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json", "markdown"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const judged = await judgeSpec(loaded, atHand(options), terminal);
  terminal.out(
    reportText(format, loaded, judged, terminal, `muster status ${shellWord(given)}`, { all: true }),
  );
  return codeOf(judged, undefined);
}

/** `muster report`: the same as a document. A report is no gate: it succeeds whatever the verdict is. */
export async function report(given: string, options: ReportOptions, terminal: Terminal): Promise<ExitCode> {
  const format = asFormat(options.format, ["html", "markdown", "json", "text"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const text = await reportOf(loaded, format, given, options, terminal);
  if (options.output === undefined) {
    terminal.out(text);
    return exitCode.kept;
  }
  if (resolve(terminal.cwd, options.output) === resolve(terminal.cwd, given)) {
    throw new MusterError("call/bad-argument", `${options.output} is the spec itself.`, {
      hint: "Write the report to another file.",
    });
  }
  await writeOutput(options.output, text, terminal);
  terminal.err(`Wrote ${options.output}.`);
  return exitCode.kept;
}

/** The spec with its evidence; with `template` the spec alone, as the Markdown template that teams fill in. */
async function reportOf(
  loaded: LoadedSpec,
  format: ReportFormat,
  given: string,
  options: { readonly model?: string; readonly store?: string; readonly template?: boolean },
  terminal: Terminal,
): Promise<string> {
  if (options.template === true) {
    if (format === "markdown") return writeTemplate(loaded.spec);
    throw new MusterError("call/bad-argument", `The template is Markdown, not ${format}.`, {
      hint: "Use --format markdown --template.",
    });
  }
  const judged = await judgeSpec(loaded, atHand(options), terminal);
  const command = `muster check ${shellWord(given)} --model ${shellWord(options.model ?? "FILE")}`;
  return reportText(format, loaded, judged, terminal, command, { all: true });
}

function measuredNote({ measured, verdicts }: Judged): string {
  const atHand = verdicts.filter((v) => v.evidence !== null && !v.stale).length - measured.length;
  if (atHand <= 0) return `${measured.length} claims were measured.`;
  return `${measured.length} claims were measured; of ${atHand} the evidence was at hand (--fresh measures everything anew).`;
}

const atHand = (options: { readonly model?: string; readonly store?: string }) =>
  ({
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.store === undefined ? {} : { store: options.store }),
    measure: "nothing",
  }) as const;

function asCalls(text: string): number {
  const calls = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  if (Number.isSafeInteger(calls) && calls > 0) return calls;
  throw new MusterError("call/bad-argument", `--allow-judge ${text} is no number of calls.`, {
    hint: "Write how often the judge model may be asked: --allow-judge 1000.",
  });
}

function asStage(name: string): Stage {
  const stage = stages.find((s) => s === name);
  if (stage !== undefined) return stage;
  throw new MusterError("call/bad-argument", `There is no stage ${JSON.stringify(name)}.`, {
    hint: `Use one of: ${stages.join(", ")}. The spec's name stands before --stage.`,
  });
}

/** With stages chosen, every one of their claims counts; otherwise the gate's decision. */
function codeOf({ decision, verdicts }: Judged, chosen: readonly Stage[] | undefined): ExitCode {
  const fine =
    chosen === undefined
      ? decision.verdict === "ship"
      : verdicts.length > 0 &&
        verdicts.every((v) => v.waiver !== null || (v.outcome.kind === "kept" && !v.stale));
  return fine ? exitCode.kept : exitCode.notKept;
}
