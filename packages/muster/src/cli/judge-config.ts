import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { isRising } from "../query/is-rising.ts";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";

const text = z.string().min(1).max(1000);
/** A judge's configuration; paths are absolute. */
export interface JudgeConfig {
  readonly address: string;
  readonly model: string;
  /** The name of the environment variable that holds the key. */
  readonly key?: string;
  /** The judge that was calibrated. */
  readonly judge_id?: string;
  readonly rubric: string;
  readonly scale: readonly number[];
  readonly pass_at: number;
  readonly columns?: { readonly answer?: string; readonly question?: string; readonly reference?: string };
  readonly calibration: {
    readonly data: string;
    readonly raters: readonly string[];
    readonly by?: readonly string[];
  };
  readonly anchors?: { readonly data: string; readonly score: string };
  readonly concurrency: number;
  readonly timeout_ms: number;
  readonly retries: number;
  readonly most_calls: number;
}

const schema: z.ZodType<JudgeConfig> = z.strictObject({
  address: text,
  model: text,
  key: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "it has to be the name of an environment variable")
    .exactOptional(),
  judge_id: text.exactOptional(),
  rubric: z.string().min(1).max(20_000),
  scale: z.array(z.int().min(-1000).max(1000)).min(2).max(11),
  pass_at: z.int(),
  columns: z
    .strictObject({
      answer: text.exactOptional(),
      question: text.exactOptional(),
      reference: text.exactOptional(),
    })
    .exactOptional(),
  calibration: z.strictObject({
    data: text,
    raters: z.array(text).min(1).max(20),
    by: z.array(text).max(10).exactOptional(),
  }),
  anchors: z.strictObject({ data: text, score: text }).exactOptional(),
  concurrency: z.int().min(1).max(64).default(4),
  timeout_ms: z.int().min(100).max(600_000).default(30_000),
  retries: z.int().min(0).max(10).default(3),
  most_calls: z.int().min(1).max(10_000_000).default(10_000),
});

const mostBytes = 1_000_000;

/** Reads a judge's YAML file. Throws `call/bad-argument` with the first thing that is wrong in it. */
export async function readJudgeConfig(path: string): Promise<JudgeConfig> {
  let source: string;
  try {
    source = await readFile(path, "utf8");
  } catch (cause) {
    throw new MusterError(
      "call/bad-argument",
      `The judge's configuration cannot be read: ${systemReason(cause)}.`,
      {
        cause,
      },
    );
  }
  const read = schema.safeParse(source.length > mostBytes ? null : yamlOf(source));
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
    throw new MusterError(
      "call/bad-argument",
      `The judge's configuration is wrong${at}: ${issue?.message ?? "unreadable"}.`,
      {
        hint: "docs/judge.md shows one.",
      },
    );
  }
  const { scale, pass_at: passAt } = read.data;
  if (!isRising(scale) || !scale.slice(1).includes(passAt)) {
    throw new MusterError(
      "call/bad-argument",
      "The judge's scale has to rise, and pass_at be one of its scores but the first.",
    );
  }
  const folder = dirname(path);
  const at = (data: string) => resolve(folder, data);
  return {
    ...read.data,
    calibration: { ...read.data.calibration, data: at(read.data.calibration.data) },
    ...(read.data.anchors === undefined
      ? {}
      : { anchors: { ...read.data.anchors, data: at(read.data.anchors.data) } }),
  };
}

function yamlOf(source: string): unknown {
  try {
    return parse(source, { maxAliasCount: 0 });
  } catch {
    return null;
  }
}
