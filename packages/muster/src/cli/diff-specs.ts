import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { type Classified, needsApproval } from "../spec/diff/change.ts";
import { changeWords } from "../spec/diff/change-words.ts";
import { classifyChanges } from "../spec/diff/classify.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { compileText, type LoadedSpec } from "./load-spec.ts";
import { diagnosticsText, paintOf } from "./print-diagnostics.ts";
import { specAt } from "./spec-at.ts";
import type { Terminal } from "./terminal.ts";

/** `muster diff`: the facts; with --breaking what they mean, and 1 when something breaks or weakens. */
export async function diff(
  old: string,
  now: string,
  options: { readonly breaking?: boolean; readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json", "markdown"]);
  const before = await loadAt(old, now, terminal);
  const after = await loadAt(now, now, terminal);
  const changes = classifyChanges(before.spec, after.spec);
  const judged = options.breaking === true;
  if (format === "json") terminal.out(asJson(before, after, changes, judged));
  else if (format === "markdown") terminal.out(asMarkdown(changes, judged));
  else terminal.out(asText(before, after, changes, judged, terminal));
  return judged && changes.some(needsApproval) ? exitCode.notKept : exitCode.kept;
}

/** A spec that parses; its errors are printed otherwise, and the call ends. */
export async function loadAt(given: string, beside: string, terminal: Terminal): Promise<LoadedSpec> {
  const source = await specAt(given, beside, terminal);
  const { loaded, diagnostics } = compileText(source);
  if (loaded !== null) return loaded;
  terminal.err(diagnosticsText(diagnostics, source, terminal.color));
  throw new MusterError("spec/unreadable", `${source.file} has errors, so it cannot be compared.`);
}

function asJson(
  before: LoadedSpec,
  after: LoadedSpec,
  changes: readonly Classified[],
  judged: boolean,
): string {
  const rows = changes.map((c) => ({
    kind: c.kind,
    path: c.path,
    old: c.oldText === "" ? null : c.oldText,
    new: c.newText === "" ? null : c.newText,
    line: (c.kind === "removed" ? before : after).places.at(c.at).start.line,
    ...(judged
      ? {
          rule: c.rule,
          effect: c.effect,
          audience: c.audience,
          evidence: c.evidence,
          version: c.version,
          approval: c.approval,
          because: c.because,
          fingerprint: c.fingerprint,
        }
      : {}),
  }));
  const of = ({ file, digest, spec }: LoadedSpec) => ({ file, version: spec.version, digest });
  return JSON.stringify({ version: 1, old: of(before), new: of(after), changes: rows }, null, 2);
}

const order = ["breaking", "weakening", "tightening", "neutral", "editorial"] as const;

function asText(
  before: LoadedSpec,
  after: LoadedSpec,
  changes: readonly Classified[],
  judged: boolean,
  terminal: Terminal,
): string {
  const paint = paintOf(terminal.color);
  if (changes.length === 0) return `${before.file} and ${after.file} say the same.`;
  const line = (c: Classified): string => printable(changeWords(c));
  if (!judged)
    return changes.map((c) => `${{ added: "+", removed: "-", changed: "~" }[c.kind]} ${line(c)}`).join("\n");
  const colour = {
    breaking: paint.red,
    weakening: paint.red,
    tightening: paint.green,
    neutral: paint.dim,
    editorial: paint.dim,
  };
  const blocks = order.flatMap((effect) => {
    const own = changes.filter((c) => c.effect === effect);
    if (own.length === 0) return [];
    const lines = own.map((c) => {
      const approval = needsApproval(c)
        ? `\n    to approve (${c.approval}): muster approve ${c.fingerprint} --by .. --reason ..`
        : "";
      return `  ${line(c)}\n    ${c.because} Evidence: ${evidenceWords[c.evidence]}.${approval}`;
    });
    return [`${colour[effect](paint.bold(`${effect} (${own.length})`))}\n${lines.join("\n")}`];
  });
  const least = changes.some((c) => c.version === "major")
    ? "major"
    : changes.some((c) => c.version === "minor")
      ? "minor"
      : "patch";
  return `${blocks.join("\n\n")}\n\nThe version has to rise by a ${least} step: it went from ${before.spec.version} to ${after.spec.version}.`;
}

const evidenceWords: Readonly<Record<Classified["evidence"], string>> = {
  keep: "stays",
  rejudge: "is judged anew",
  stale: "has to be measured again",
  new: "there is none yet",
  drop: "no longer applies",
};

function asMarkdown(changes: readonly Classified[], judged: boolean): string {
  if (changes.length === 0) return "The specs say the same.";
  const cell = (text: string): string => printable(text).replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const rows = changes.map((c) =>
    judged
      ? `| ${c.effect} | ${cell(changeWords(c))} | ${cell(c.because)} | ${evidenceWords[c.evidence]} | ${needsApproval(c) ? `${c.approval}: \`${c.fingerprint}\`` : ""} |`
      : `| ${c.kind} | \`${cell(c.path)}\` | ${cell(c.oldText)} | ${cell(c.newText)} |`,
  );
  const head = judged
    ? "| effect | change | meaning | evidence | approval |\n|---|---|---|---|---|"
    : "| | line | old | new |\n|---|---|---|---|";
  return [head, ...rows].join("\n");
}
