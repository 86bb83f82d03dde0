import { resolve } from "node:path";
import { type Judged, type Judging, judgeAnswers } from "../evaluate/judge-answers.ts";
import { Asker } from "../judge/ask-all.ts";
import type { CorrectedShare } from "../judge/corrected-share.ts";
import { formatCount, formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { type JudgeConfig, readJudgeConfig } from "./judge-config.ts";
import { memoryLimit } from "./memory-limit.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine, openJudge } from "./wire.ts";

export interface JudgeCall {
  readonly data: string;
  readonly config: string;
  readonly memory?: string;
  readonly answer?: string;
  readonly by: readonly string[];
  readonly confidence: number;
  readonly format: string;
}

/**
 * `muster measure judge`: the share of answers that pass, as a judge model says it and people's ratings correct it, with
 * the judge's own gate. Ends with 1 when that gate is not kept, as the number is then undefined.
 */
export async function measureJudge(call: JudgeCall, terminal: Terminal): Promise<ExitCode> {
  const config = await readJudgeConfig(resolve(terminal.cwd, call.config));
  const judge = await openJudge(config);
  const judging = judgingOf(config, call, judge.id);
  const engine = await openEngine(memoryLimit(call.memory));
  try {
    await engine.attach("data", resolve(terminal.cwd, call.data), terminal.signal);
    await engine.attach("calibration", config.calibration.data, terminal.signal);
    if (config.anchors !== undefined) await engine.attach("anchors", config.anchors.data, terminal.signal);
    terminal.progress(`asking ${printable(config.model)}`);
    const asker = new Asker(judge, config.concurrency, terminal.signal);
    const judged = await judgeAnswers(engine, asker, judging, terminal.signal);
    terminal.out(call.format === "json" ? asJson(judged, judge.id) : asText(judged, judge.id));
    return judged.gate.outcome === "kept" ? exitCode.kept : exitCode.notKept;
  } finally {
    await engine.close();
  }
}

function judgingOf(config: JudgeConfig, call: JudgeCall, judgeId: string): Judging {
  const answer = call.answer ?? config.columns?.answer;
  if (answer === undefined) {
    throw new MusterError("call/bad-argument", "The judge needs the column of the answers.", {
      hint: "Name it with --prediction, or as columns.answer in the judge's configuration.",
    });
  }
  const { question, reference } = config.columns ?? {};
  return {
    table: "data",
    columns: {
      answer,
      ...(question === undefined ? {} : { question }),
      ...(reference === undefined ? {} : { reference }),
    },
    by: call.by,
    calibration: {
      table: "calibration",
      raters: config.calibration.raters,
      by: config.calibration.by ?? [],
    },
    ...(config.anchors === undefined ? {} : { anchors: { table: "anchors", score: config.anchors.score } }),
    scale: config.scale,
    passAt: config.pass_at,
    confidence: call.confidence,
    ...(config.judge_id === undefined ? {} : { pinned: config.judge_id }),
    judgeId,
    mostCalls: config.most_calls,
  };
}

function shown(result: CorrectedShare): Readonly<Record<string, unknown>> {
  return result.kind === "value"
    ? {
        value: result.value,
        interval: result.interval,
        rows: result.rows,
        judged: result.judged,
        rogan_gladen: result.roganGladen,
      }
    : { value: null, undefined: result.because, interval: null, rows: result.rows, judged: result.judged };
}

function asJson({ gate, probes, lengthBias, all, groups, calls }: Judged, judgeId: string): string {
  const rate = ({ hits, asked }: { hits: number; asked: number }) => ({ hits, asked });
  const json = {
    metric: "judge",
    ...shown(all),
    judge: {
      id: judgeId,
      outcome: gate.outcome,
      checks: gate.checks,
      agreement: gate.agreement,
      people: gate.people,
      accuracy: finite(gate.accuracy),
      probes: Object.fromEntries(Object.entries(probes).map(([name, one]) => [name, rate(one)])),
      length_bias: lengthBias,
      calls,
    },
    groups: groups.map(({ group, result }) => ({ group, ...shown(result) })),
  };
  return JSON.stringify(json, null, 2);
}

function finite(numbers: Readonly<Record<string, number>>): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
}

function asText({ gate, probes, lengthBias, all, groups, calls }: Judged, judgeId: string): string {
  const line = (name: string, result: CorrectedShare): string =>
    result.kind === "value"
      ? `${name}  ${formatNumber(result.value)}  ${formatInterval(result.interval, {})}  ${formatCount(result.rows)} rows  (the judge alone: ${formatNumber(result.judged)})`
      : `${name}  undefined: ${result.because}  ${formatCount(result.rows)} rows`;
  const name = (group: Readonly<Record<string, string | null>>): string =>
    printable(
      Object.entries(group)
        .map(([column, value]) => `${column}=${value ?? "(missing)"}`)
        .join(" "),
    );
  const checks = gate.checks.map((check) => {
    const value = check.value === null ? "" : ` ${formatNumber(check.value)}`;
    const bound = check.bound === null ? "" : `, bound ${formatNumber(check.bound)}`;
    const because = check.because === "" ? "" : `: ${printable(check.because)}`;
    return `  ${check.outcome.padEnd(9)}  ${printable(check.name)}${value}${bound}${because}`;
  });
  const rates = (["repeat", "order", "format"] as const).map((which) => {
    const { hits, asked } = probes[which];
    return `${which} ${hits} of ${asked}`;
  });
  return [
    line("judge", all),
    ...groups.map(({ group, result }) => line(name(group), result)),
    `gate of the judge: ${gate.outcome} (${judgeId}, ${formatCount(calls)} calls)`,
    ...checks,
    `  scores that changed: ${rates.join(", ")}; its error goes with length by ${lengthBias === null ? "nothing" : formatNumber(lengthBias)}`,
  ].join("\n");
}
