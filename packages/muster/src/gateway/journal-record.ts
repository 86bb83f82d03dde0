import type { Columns } from "./columns.ts";
import type { ContractPlan } from "./contract-plan.ts";
import type { Late } from "./predict.ts";
import { policyOf, type Refusal } from "./refusal.ts";
import type { Identity } from "./release-identity.ts";
import type { RequestMeta } from "./request-meta.ts";
import type { RowAnswer } from "./row-answer.ts";
import type { Row } from "./row-check.ts";
import type { Violation } from "./violation.ts";

/** Stands in the journal for the value of an input that `deployment.log.redact` names. */
export const redacted = "[redacted]";

/** Writes the journal's lines, each a JSON object without its opening brace (the journal puts run and number first). */
export class RecordWriter {
  readonly #plan: ContractPlan;
  readonly #identity: Identity;
  readonly #redact: ReadonlySet<string>;
  readonly #keys: readonly string[];

  constructor(plan: ContractPlan, identity: Identity, redact: readonly string[]) {
    this.#plan = plan;
    this.#identity = identity;
    this.#redact = new Set(redact);
    this.#keys = plan.inputs.map(({ name }) => `${JSON.stringify(name)}:`);
  }

  /** One line for each row. */
  answers(
    meta: RequestMeta,
    rows: readonly Row[],
    columns: Columns,
    answers: readonly RowAnswer[],
    latencyMs: number,
  ): string[] {
    const head = this.#head("answer", meta);
    const latency = latencyMs.toFixed(3);
    return answers.map((answer, at) => {
      const { policy, reason, notes } = answer;
      let line = answers.length === 1 ? head : `${head},"row":${at}`;
      line += `,"policy":"${policy}"`;
      if (reason !== null) line += `,"reason":"${reason}"`;
      line += `,"inputs":${this.#inputs(rows[at] ?? {}, at, columns)}`;
      line += `,"outputs":${this.#outputs(answer.outputs)}`;
      if (answer.decisions !== null) line += `,"decisions":${JSON.stringify(answer.decisions)}`;
      if (answer.surface !== null) line += `,"surface":${answer.surface}`;
      if (answer.review) line += `,"review":true`;
      if (answer.uncertain) line += `,"uncertain":true`;
      if (answer.cachedAt !== null) line += `,"cached_at":"${new Date(answer.cachedAt).toISOString()}"`;
      if (notes !== null && notes.repairs.length > 0) line += `,"repairs":${JSON.stringify(notes.repairs)}`;
      if (notes !== null && notes.outside.length > 0) line += `,"outside":${this.#violations(notes.outside)}`;
      return `${line},"latency_ms":${latency}}`;
    });
  }

  refusal(meta: RequestMeta, refusal: Refusal, latencyMs: number): string {
    const { status, code, error, violations } = refusal;
    const named = violations === undefined ? "" : `,"violations":${this.#violations(violations)}`;
    const head = this.#head("refusal", meta);
    return `${head},"policy":"${policyOf(refusal)}","status":${status},"code":"${code}","error":${JSON.stringify(error)}${named},"latency_ms":${latencyMs.toFixed(3)}}`;
  }

  /** What the model said after its caller had been answered otherwise. */
  late(meta: RequestMeta, late: Late, latencyMs: number): string[] {
    const head = this.#head("late", meta);
    const latency = `"latency_ms":${latencyMs.toFixed(3)}}`;
    if (late.kind === "failed") return [`${head},"failed":${JSON.stringify(late.error.code)},${latency}`];
    return late.guarded.map((row, index) => {
      const said =
        row.kind === "kept"
          ? `"outputs":${this.#outputs(row.outputs)}${row.repairs.length > 0 ? `,"repairs":${JSON.stringify(row.repairs)}` : ""}`
          : `"failed":"output/broken","because":${JSON.stringify(row.because)}`;
      return `${head},"row":${late.rows[index] ?? index},${said},${latency}`;
    });
  }

  #head(kind: string, meta: RequestMeta): string {
    const client = meta.clientId === null ? "" : `,"client_id":${JSON.stringify(meta.clientId)}`;
    return `"kind":"${kind}","id":"${meta.id}"${client},"time":"${new Date(meta.time).toISOString()}","release":${this.#identity.releaseJson},"protocol":"${meta.protocol}"`;
  }

  /** The inputs as the caller gave them, datetimes as ISO 8601 in UTC, missing ones as what was put in their place. */
  #inputs(row: Row, at: number, columns: Columns): string {
    let text = "{";
    this.#plan.inputs.forEach((input, index) => {
      if (index > 0) text += ",";
      text += this.#keys[index];
      if (this.#redact.has(input.name)) {
        text += `"${redacted}"`;
        return;
      }
      const given = Object.hasOwn(row, input.name) ? (row[input.name] ?? null) : null;
      if (given === null)
        text += input.missing.kind === "fill" ? JSON.stringify(input.missing.shown) : "null";
      else if (input.type === "datetime") text += `"${new Date(Number(columns[index]?.[at])).toISOString()}"`;
      else text += JSON.stringify(given);
    });
    return `${text}}`;
  }

  #outputs(outputs: RowAnswer["outputs"]): string {
    const parts = this.#plan.outputs.map(
      ({ name }, index) => `${JSON.stringify(name)}:${JSON.stringify(outputs[index])}`,
    );
    return `{${parts.join(",")}}`;
  }

  /** Without messages, which quote values; without the value of an input that is redacted or that nobody declared. */
  #violations(violations: readonly Violation[]): string {
    return JSON.stringify(
      violations.map(({ input, code, row, got }) => ({
        input,
        code,
        row,
        got: this.#redact.has(input) || code === "input/unknown" ? redacted : got,
      })),
    );
  }
}
