import { writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { type AuditSubject, auditReads, mostReviewed } from "../checks/data/audit-sample.ts";
import type { ToldRows } from "../query/question.ts";
import { formatCount } from "../report/format-number.ts";
import { MusterError } from "../source/muster-error.ts";
import { finitePopulationLowerBound } from "../stats/hypergeometric.ts";
import { csvText } from "./csv-text.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { noColumn } from "./no-column.ts";
import { wholeNumber } from "./number-option.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";
import { notWritten } from "./write-output.ts";

export interface SampleOptions {
  readonly key: readonly string[];
  readonly label: string;
  readonly size: string;
  readonly seed: string;
  readonly by?: string;
  readonly with?: readonly string[];
  readonly showLabel?: boolean;
  readonly output: string;
}

const table = "training";
/** The column that reviewers fill in. */
const review = "label_by_review";

/** Draws the rows that `data.label.audit` will draw again, and writes them with an empty column for what people find. */
export async function drawAudit(data: string, options: SampleOptions, terminal: Terminal): Promise<ExitCode> {
  const { key, label, by, output } = options;
  const size = wholeNumber(options.size, "--size", 1, mostReviewed);
  const seed = wholeNumber(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER);
  const subject: AuditSubject = {
    table,
    label,
    audit: "",
    key,
    seed,
    size,
    column: review,
    ...(by === undefined ? {} : { by }),
  };
  const shown = [
    ...new Set([...key, ...(options.showLabel === true ? [label] : []), ...(options.with ?? [])]),
  ];
  const taken = ["draw", "seed", review].find((name) => shown.includes(name));
  if (taken !== undefined) {
    throw new MusterError("call/bad-argument", `${taken} is a column of the sample itself.`, {
      hint: "Leave it out of --with and --key.",
    });
  }
  const engine = await openEngine();
  try {
    const info = await engine.attach(table, resolve(terminal.cwd, data), terminal.signal);
    const known = info.columns.map(({ name }) => name);
    for (const name of [...shown, label, ...(by === undefined ? [] : [by])]) {
      if (!known.includes(name)) throw noColumn(data, name, known);
    }
    const [sample, , population] = auditReads(subject);
    if (sample?.kind !== "sample" || population?.kind !== "aggregate")
      throw new MusterError("internal", "The audit asks for something else than a sample.");
    terminal.progress(`drawing from ${data}`);
    const { answer } = await engine.ask({ ...sample, columns: shown }, terminal.signal);
    const [counts] = await engine.aggregate([population.aggregate], terminal.signal);
    const rows = answer as ToldRows;
    const all = (counts?.groups.values.rows ?? new Float64Array()).reduce((a, b) => a + b, 0);
    if (rows.count === 0) {
      throw new MusterError(
        "call/bad-argument",
        `No row of ${data} has a ${key.join(" + ")} and a ${label}.`,
        {
          hint: "Name other columns.",
        },
      );
    }
    await writeNew(output, csvOf(rows, shown, seed), terminal);
    terminal.done();
    terminal.out(summary(rows.count, all, subject, output, terminal));
    return exitCode.kept;
  } finally {
    await engine.close();
  }
}

function summary(
  drawn: number,
  all: number,
  subject: AuditSubject,
  output: string,
  terminal: Terminal,
): string {
  const { key, seed, size, by } = subject;
  const path = relative(terminal.cwd, resolve(terminal.cwd, output)) || output;
  const list = (names: readonly string[]): string =>
    `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  const strata = by === undefined ? "" : `, by: ${JSON.stringify(by)}`;
  const best = finitePopulationLowerBound(all, drawn, drawn, 0.95) / all;
  return [
    `Drew ${formatCount(drawn)} of ${formatCount(all)} rows with the seed ${seed} and wrote ${path}.`,
    ...(by === undefined
      ? [
          `Without a single error they show that at least ${(100 * best).toFixed(2)} % of the labels are right (95 %, exact).`,
        ]
      : []),
    `Fill in ${review}, row by row, and say in the spec, with the path as seen from it (muster audit record checks what was filled in):`,
    "data:",
    "  label:",
    `    audit: {path: ${JSON.stringify(path)}, key: ${list(key)}, seed: ${seed}, size: ${size}${strata}, column: ${review}}`,
  ].join("\n");
}

function csvOf(rows: ToldRows, columns: readonly string[], seed: number): string {
  const body = Array.from({ length: rows.count }, (_, i) => [
    String(i + 1),
    String(seed),
    ...columns.map((name) => rows.columns[name]?.[i] ?? null),
    null,
  ]);
  return csvText([["draw", "seed", ...columns, review], ...body]);
}

/** Reviews take days: a file that is there is never written over. */
async function writeNew(output: string, text: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(resolve(terminal.cwd, output), text, { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw notWritten(output, cause);
    throw new MusterError("call/bad-argument", `${output} is there already.`, {
      hint: "What people found is not written over: name another file.",
      cause,
    });
  }
}
