import type { Model } from "../model/model.ts";
import type { MusterError } from "../source/muster-error.ts";
import type { AnswerCache } from "./answer-cache.ts";
import type { Columns } from "./columns.ts";
import type { ContractPlan } from "./contract-plan.ts";
import { type Raced, within } from "./deadline.ts";
import { type GuardedRow, guardOutputs } from "./output-guard.ts";
import type { OutputValue } from "./output-plan.ts";
import { contractRefusal, mostViolations, type Refusal } from "./refusal.ts";
import {
  type AnswerPolicy,
  decide,
  type Reason,
  type RowAnswer,
  surfaces,
  withRepairs,
} from "./row-answer.ts";
import { emptyColumns, type Row, type RowCheck, type RowNotes } from "./row-check.ts";
import type { Violation } from "./violation.ts";

export interface PredictorOptions {
  readonly plan: ContractPlan;
  readonly check: RowCheck;
  readonly model: Model;
  /** Milliseconds for queueing and the model together. */
  readonly timeoutMs: number;
  readonly cache: AnswerCache | null;
  /** Model runs that were given up on and have not settled; when so many hang, the model is not asked any more. */
  readonly mostAbandoned: number;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
  readonly now: () => number;
  /** Told of every run of the model that failed. */
  readonly report: (problem: MusterError) => void;
}

export interface Question {
  readonly rows: readonly Row[];
  /** What the protocol found wrong with whole inputs, which then stand in no row. */
  readonly violations: readonly Violation[];
  /** When the budget began to run, on the monotonic clock. */
  readonly startedAt: number;
  /** The caller's own budget, when it is shorter than the spec's. */
  readonly budgetMs: number | null;
  /** Told what the model said too late, row by row, or that it failed. */
  readonly onLate: (late: Late) => void;
}

export type Late =
  | { readonly kind: "rows"; readonly rows: readonly number[]; readonly guarded: readonly GuardedRow[] }
  | { readonly kind: "failed"; readonly error: MusterError };

export type Outcome =
  | { readonly kind: "answered"; readonly rows: readonly RowAnswer[]; readonly columns: Columns }
  | { readonly kind: "refused"; readonly refusal: Refusal };

type Asked = Raced<readonly GuardedRow[]> | { readonly kind: "stuck" };

/** From checked rows to answers: what the spec says for every edge case is what happens here, and nothing else is. */
export class Predictor {
  readonly #options: PredictorOptions;
  #abandoned = 0;

  constructor(options: PredictorOptions) {
    this.#options = options;
  }

  /** Runs that the gateway no longer waits for and that have not settled. */
  get abandoned(): number {
    return this.#abandoned;
  }

  async predict(question: Question): Promise<Outcome> {
    const { plan } = this.#options;
    const { rows } = question;
    const columns = emptyColumns(plan, rows.length);
    const { notes, violations } = this.#checkRows(question, columns);
    if (violations.length > 0) return { kind: "refused", refusal: contractRefusal(violations) };

    const asked: number[] = [];
    for (let at = 0; at < rows.length; at++) if (!this.#avoidsModel(notes[at])) asked.push(at);
    const said = await this.#ask(columns, asked, notes, question);

    const answers = new Array<RowAnswer>(rows.length);
    for (let at = 0, next = 0; at < rows.length; at++) {
      const note = notes[at] ?? null;
      let answer: RowAnswer | Refusal;
      if (asked[next] === at) {
        answer = this.#answer(said, next, at, columns, note);
        next += 1;
      } else {
        answer = this.#fallback("out_of_distribution", note) ?? impossible;
      }
      if ("status" in answer) return { kind: "refused", refusal: answer };
      answers[at] = answer;
    }
    return { kind: "answered", rows: answers, columns };
  }

  /** An input that is wrong as a whole is not also called missing from every row. */
  #checkRows(
    question: Question,
    columns: Columns,
  ): { readonly notes: readonly (RowNotes | null)[]; readonly violations: readonly Violation[] } {
    const { rows, violations: ofWholeInputs } = question;
    const violations = [...ofWholeInputs];
    const named = new Set(ofWholeInputs.map(({ input }) => input));
    const notes: (RowNotes | null)[] = [];
    for (let at = 0; at < rows.length && violations.length < mostViolations; at++) {
      const note = this.#options.check(rows[at] ?? {}, at, columns);
      notes.push(note);
      for (const violation of note?.violations ?? []) {
        if (named.has(violation.input)) continue;
        violations.push(rows.length === 1 ? violation : { ...violation, row: at });
      }
    }
    return { notes, violations };
  }

  #avoidsModel(notes: RowNotes | null | undefined): boolean {
    return notes != null && notes.outside.length > 0 && this.#options.plan.outside === "fallback";
  }

  async #ask(
    columns: Columns,
    asked: readonly number[],
    notes: readonly (RowNotes | null)[],
    question: Question,
  ): Promise<Asked> {
    const { plan, model, clock, timeoutMs, mostAbandoned } = this.#options;
    if (asked.length === 0) return { kind: "done", value: [] };
    if (this.#abandoned >= mostAbandoned) return { kind: "stuck" };
    const endsAt = question.startedAt + Math.min(timeoutMs, question.budgetMs ?? timeoutMs);
    const left = endsAt - clock();
    if (left <= 0) return { kind: "late" };
    const part = asked.length === notes.length ? null : asked;
    const inputs = plan.tensors.map((each) => each.fill(columns, part, asked.length));
    let open = true;
    const run = async (): Promise<readonly GuardedRow[]> =>
      guardOutputs(plan.outputs, await model.run(inputs, { timeoutMs: left }), asked.length);
    const raced = await within(
      run(),
      left,
      () => clock() >= endsAt,
      (settled) => {
        if (!open) this.#abandoned -= 1;
        open = false;
        this.#settleLate(settled, columns, asked, notes, question);
      },
    );
    if (raced.kind === "failed") this.#options.report(raced.error);
    if (raced.kind === "late" && open) {
      open = false;
      this.#abandoned += 1;
    }
    return raced;
  }

  #settleLate(
    settled: Exclude<Raced<readonly GuardedRow[]>, { kind: "late" }>,
    columns: Columns,
    asked: readonly number[],
    notes: readonly (RowNotes | null)[],
    question: Question,
  ): void {
    if (settled.kind === "failed") {
      // The model saying that its time is over is no news: the answer's own record says so.
      if (settled.error.code !== "model/timeout") question.onLate({ kind: "failed", error: settled.error });
      return;
    }
    settled.value.forEach((row, index) => {
      const at = asked[index] ?? 0;
      if (row.kind === "kept") this.#remember(columns, at, notes[at] ?? null, row.outputs);
    });
    question.onLate({ kind: "rows", rows: asked, guarded: settled.value });
  }

  #answer(
    said: Asked,
    index: number,
    at: number,
    columns: Columns,
    notes: RowNotes | null,
  ): RowAnswer | Refusal {
    switch (said.kind) {
      case "done": {
        const row = said.value[index];
        if (row?.kind === "kept") {
          this.#remember(columns, at, notes, row.outputs);
          return this.#given("model", null, row.outputs, withRepairs(notes, row.repairs), null);
        }
        const because = row?.because ?? "the model gave no answer for this row";
        const error = `the model's answer breaks the output contract and is not given: ${because}`;
        return this.#fallback("output_broken", notes) ?? { status: 500, code: "output/broken", error };
      }
      case "failed":
        return (
          this.#fallback("model_failed", notes) ?? {
            status: 503,
            code: "model/failed",
            error: "the model failed on this request",
            retryAfterSeconds: 1,
          }
        );
      case "late":
        return (
          this.#late(columns, at, notes) ?? {
            status: 504,
            code: "deadline/exceeded",
            error: this.#lateText(),
          }
        );
      case "stuck":
        return (
          this.#late(columns, at, notes) ?? {
            status: 503,
            code: "model/stuck",
            error: "too many runs of the model have not come back",
            retryAfterSeconds: 1,
          }
        );
      default:
        return said satisfies never;
    }
  }

  #lateText(): string {
    return `there was no answer within the budget of ${this.#options.timeoutMs} ms`;
  }

  #late(columns: Columns, at: number, notes: RowNotes | null): RowAnswer | null {
    const { plan, cache } = this.#options;
    if (plan.late === "error") return null;
    const cached = cache?.get(cacheKey(columns, at)) ?? null;
    if (cached !== null) return this.#given("cached", "late", cached.outputs, notes, cached.at);
    return this.#fallback("late", notes);
  }

  #fallback(reason: Reason, notes: RowNotes | null): RowAnswer | null {
    const { plan } = this.#options;
    if (!plan.hasFallback) return null;
    const outputs = plan.outputs.map(({ fallback }) => fallback ?? Number.NaN);
    return this.#given("fallback", reason, outputs, notes, null);
  }

  #given(
    policy: AnswerPolicy,
    reason: Reason | null,
    outputs: readonly OutputValue[],
    notes: RowNotes | null,
    cachedAt: number | null,
  ): RowAnswer {
    const { plan } = this.#options;
    const outside = notes !== null && notes.outside.length > 0;
    return {
      policy,
      reason: reason ?? (outside ? "out_of_distribution" : null),
      outputs,
      decisions: decide(plan.outputs, outputs),
      surface: surfaces(plan.outputs, outputs, policy),
      review: outside && plan.outside === "review",
      uncertain: outside && plan.outside === "uncertainty",
      cachedAt,
      notes,
    };
  }

  /** An answer to an input outside of the training distribution is not one to fall back on. */
  #remember(columns: Columns, at: number, notes: RowNotes | null, outputs: readonly OutputValue[]): void {
    const { cache, now } = this.#options;
    if (notes === null || notes.outside.length === 0)
      cache?.put(cacheKey(columns, at), { outputs, at: now() });
  }
}

/** Rows avoid the model only where the plan has a fallback, so this answers a mistake of ours. */
const impossible: Refusal = { status: 500, code: "internal", error: "there is no fallback answer" };

function cacheKey(columns: Columns, at: number): string {
  return JSON.stringify(columns.map((column) => column[at]));
}
