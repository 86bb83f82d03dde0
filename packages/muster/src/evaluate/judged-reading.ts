import type { JudgedAnswer, JudgedShare } from "../checks/judged.ts";
import type { TableInfo } from "../engine/engine.ts";
import { Asker } from "../judge/ask-all.ts";
import type { CorrectedShare } from "../judge/corrected-share.ts";
import { failedCalls, judgeLimits } from "../judge/judge-gate.ts";
import { probeCalls } from "../judge/probes.ts";
import type { Judgement } from "../query/read.ts";
import { MusterError } from "../source/muster-error.ts";
import { tables } from "./compile/tables.ts";
import { judgeAnswers } from "./judge-answers.ts";
import type { Workbench } from "./workbench.ts";

const atOnce = 4;

type Attach = (table: string) => Promise<TableInfo | MusterError>;

/** How often a judge is asked for this, at most; equal rows are asked about once, and a call that fails again. */
export async function callsOf(
  { table, rated, anchors }: Judgement,
  attach: Attach,
): Promise<number | MusterError> {
  // The rows are counted before any model runs on them.
  const names = [
    table === tables.scored ? tables.evaluation : table,
    rated.table,
    ...(anchors === undefined ? [] : [anchors.table]),
  ];
  let calls = 0;
  for (const name of names) {
    const info = await attach(name);
    if (info instanceof MusterError) return info;
    calls += info.rows + (name === rated.table ? probeCalls(info.rows) : 0);
  }
  return calls;
}

/** Asks the judge if that is allowed. What it would take is said before anything is sent. */
export async function readJudged(
  read: Judgement,
  { engine, judges, signal, progress }: Workbench,
  attach: Attach,
): Promise<{ readonly answer: JudgedAnswer; readonly query: string } | { readonly unanswered: string }> {
  const calls = await callsOf(read, attach);
  if (calls instanceof MusterError) return { unanswered: calls.message };
  const asked = `${read.model} was not asked: it takes up to ${calls} calls`;
  if (judges === undefined)
    return { unanswered: `${asked}, and nobody allowed any (--allow-judge ${calls})` };
  if (!judges.take(calls))
    return { unanswered: `${asked}, and ${judges.left()} are left of those allowed (--allow-judge)` };
  const scored = await attach(read.table);
  if (scored instanceof MusterError) return { unanswered: scored.message };
  const judge = await judges.open(read.judge);
  judges.announce(read.model, calls);
  progress?.(`asking ${read.model}`);
  const { columns, rated, anchors, scale, passAt, confidence, limits, groups, pinned } = read;
  const found = await judgeAnswers(
    engine,
    new Asker(judge, atOnce, signal),
    {
      table: read.table,
      columns,
      by: [],
      groups,
      calibration: rated,
      ...(anchors === undefined ? {} : { anchors }),
      scale,
      passAt,
      confidence,
      limits,
      ...(pinned === undefined ? {} : { pinned }),
      judgeId: judge.id,
      mostCalls: calls,
    },
    signal,
  );
  const { gate } = found;
  // A server that was down says nothing of the judge or the answers, so it is no evidence either.
  const down = gate.checks.find(({ name, outcome }) => name === failedCalls && outcome !== "kept");
  if (down !== undefined) return { unanswered: down.because };
  if (found.failed > judgeLimits.failedShare * found.all.rows)
    return { unanswered: `${found.failed} of ${found.all.rows} calls of the judge failed` };
  return {
    answer: {
      kind: "judged",
      judge: {
        id: judge.id,
        outcome: gate.outcome,
        checks: gate.checks.map(
          ({ name, outcome, because }) => `${name} ${outcome}${because === "" ? "" : ` (${because})`}`,
        ),
        kappa: gate.agreement?.kappa ?? null,
        sensitivity: gate.accuracy.sensitivity,
        specificity: gate.accuracy.specificity,
        items: gate.accuracy.positives + gate.accuracy.negatives + gate.accuracy.divided,
        calls: found.calls,
      },
      all: shareOf(found.all),
      groups: found.parts.map(shareOf),
    },
    query: `${found.calls} questions to ${read.model} (${judge.id}) about ${read.table}, ${rated.table}${anchors === undefined ? "" : ` and ${anchors.table}`}`,
  };
}

function shareOf(share: CorrectedShare): JudgedShare {
  if (share.kind === "undefined") return { kind: "undefined", because: share.because, rows: share.rows };
  const { value, standardError, rows, judged } = share;
  return { kind: "value", value, standardError, rows, judged };
}
