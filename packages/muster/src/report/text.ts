import { sections, sectionTitles, stages } from "../claims/claim.ts";
import type { Verdict } from "../claims/verdict.ts";
import { type ClaimLayout, claimLayout, claimLines, titleLine } from "./claim-lines.ts";
import { formatTaken } from "./format-instant.ts";
import { formatCount } from "./format-number.ts";
import { type Paint, plain } from "./paint.ts";
import { printable } from "./printable.ts";
import type { ReportInput } from "./report-input.ts";
import { awaitsCheck, stateOf, states } from "./state.ts";
import { ascii, painter, unicode } from "./symbols.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  readonly paint?: Paint;
  /** For terminals and logs that cannot show more. */
  readonly ascii?: boolean;
  /** Also one line for each serving or live claim that nothing has tested yet; else one line a section counts them. */
  readonly all?: boolean;
}

/** Below it columns would leave no room for words. */
const narrowest = 30;

/**
 * Every line of the spec and its verdict, under the titles of its seven sections; the last line is the decision. No
 * line is wider than the terminal, but for a number that does not fit.
 */
export function renderText(input: ReportInput, options: TextOptions = {}): string {
  const { paint = plain, all = false } = options;
  const width = Math.max(narrowest, options.width ?? 80);
  const symbols = options.ascii === true ? ascii : unicode;
  const layout = claimLayout(
    input.verdicts.filter((verdict) => all || !awaitsCheck(verdict)),
    { width, paint, symbols, all },
  );
  const blocks = [
    heading(input, layout),
    ...sections.map((section) => {
      const verdicts = input.verdicts.filter((verdict) => verdict.claim.section === section);
      return verdicts.length === 0
        ? []
        : [titleLine(sectionTitles[section], layout), ...sectionLines(verdicts, all, layout)];
    }),
    notes(input.notes, layout),
    closing(input, layout),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function heading({ spec, model, takenAt }: ReportInput, { width, paint, symbols }: ClaimLayout): string[] {
  const name = symbols.spell(printable(`${spec.name} ${spec.version}`));
  const of =
    model === null
      ? "no model"
      : model.path === undefined
        ? `model ${model.digest.slice(0, 15)}`
        : `model ${model.path}`;
  const facts = symbols.spell(printable(`${spec.file}, ${of}, ${formatTaken(takenAt)}`));
  return [...wrap(name, width).map(paint.bold), ...wrap(facts, width).map(paint.dim)];
}

function sectionLines(verdicts: readonly Verdict[], all: boolean, layout: ClaimLayout): readonly string[] {
  const shown = verdicts.filter((verdict) => all || !awaitsCheck(verdict));
  const waiting = verdicts.filter((verdict) => !shown.includes(verdict));
  const folded = waiting.length;
  const lines = shown.flatMap((verdict) => claimLines(verdict, layout));
  if (folded === 0) return lines;
  const which = stages.filter((stage) => waiting.some((verdict) => verdict.claim.stage === stage));
  const claims = `${which.join(" and ")} ${folded === 1 ? "claim has" : "claims have"}`;
  const when = `${formatCount(folded)} ${claims} no evidence yet (--all shows ${folded === 1 ? "it" : "them"})`;
  const mark = painter("undecided", layout.paint)(layout.symbols.marks.undecided);
  const [first = "", ...rest] = wrap(layout.symbols.spell(when), layout.width - 4);
  return [
    ...lines,
    `  ${mark} ${layout.paint.dim(first)}`,
    ...rest.map((line) => `    ${layout.paint.dim(line)}`),
  ];
}

function notes(texts: readonly string[], { width, paint, symbols }: ClaimLayout): string[] {
  return texts.flatMap((text) =>
    wrap(symbols.spell(printable(text)), width - 6).map((line, i) =>
      i === 0 ? `${paint.cyan("note:")} ${line}` : `      ${line}`,
    ),
  );
}

function closing({ verdicts, decision }: ReportInput, layout: ClaimLayout): string[] {
  const { width, paint, symbols } = layout;
  const word = decision.verdict === "ship" ? paint.green("SHIP") : paint.red("HOLD");
  const [first = "", ...rest] = wrap(symbols.spell(printable(decision.because)), width - 6);
  return [
    ...tally(verdicts, layout),
    "",
    `${paint.bold(word)}  ${first}`,
    ...rest.map((line) => `      ${line}`),
  ];
}

/** How many claims stand how, as few lines as fit. */
function tally(verdicts: readonly Verdict[], { width, paint, symbols }: ClaimLayout): readonly string[] {
  const lines: string[] = [];
  let room = 0;
  for (const state of states) {
    const n = verdicts.filter((verdict) => stateOf(verdict) === state).length;
    if (n === 0) continue;
    const text = `${symbols.marks[state]} ${symbols.spell(formatCount(n))} ${state}`;
    const painted = painter(state, paint)(text);
    room -= text.length + 2;
    if (room < 0) {
      lines.push(painted);
      room = width - text.length;
    } else {
      lines.push(`${lines.pop() ?? ""}  ${painted}`);
    }
  }
  return lines;
}
