import type { ContractPlan } from "../contract-plan.ts";
import { parseJson } from "../json-text.ts";
import { malformed, type Refusal } from "../refusal.ts";
import type { Identity } from "../release-identity.ts";
import type { RequestMeta } from "../request-meta.ts";
import type { RowAnswer } from "../row-answer.ts";
import type { Row } from "../row-check.ts";

export interface PlainRequest {
  readonly kind: "plain";
  readonly rows: readonly Row[];
  /** An array was sent, so an array is answered, also for one row. */
  readonly many: boolean;
}

/** `POST /predict`: one object of inputs, or an array of them. */
export function decodePlain(
  body: Buffer,
  limits: { readonly depth: number; readonly rows: number },
): PlainRequest | Refusal {
  const parsed = parseJson(body, limits.depth);
  if (parsed.kind === "malformed") return malformed(parsed.message);
  const { value } = parsed;
  if (isObject(value)) return { kind: "plain", rows: [value], many: false };
  if (!Array.isArray(value)) return malformed("the body is not an object of inputs, nor an array of them");
  if (value.length === 0) return malformed("the array of rows is empty");
  if (value.length > limits.rows)
    return malformed(`there are ${value.length} rows, more than ${limits.rows}`);
  const odd = value.findIndex((row) => !isObject(row));
  return odd === -1
    ? { kind: "plain", rows: value, many: true }
    : malformed(`row ${odd} is not an object of inputs`);
}

export function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function encodePlain(
  request: PlainRequest,
  plan: ContractPlan,
  answers: readonly RowAnswer[],
  policy: string,
  meta: RequestMeta,
  identity: Identity,
): string {
  const head = `{"id":"${meta.id}","release":${identity.releaseJson},"claims":${identity.claimsJson},"policy":"${policy}",`;
  const first = answers[0];
  if (!request.many && first !== undefined) return `${head}${answerJson(plan, first)}}`;
  const rows = answers.map((answer) => `{"policy":"${answer.policy}",${answerJson(plan, answer)}}`);
  return `${head}"predictions":[${rows.join(",")}]}`;
}

function answerJson(plan: ContractPlan, answer: RowAnswer): string {
  const outputs = plan.outputs.map(
    ({ name }, at) => `${JSON.stringify(name)}:${JSON.stringify(answer.outputs[at])}`,
  );
  let text = `"outputs":{${outputs.join(",")}}`;
  if (answer.decisions !== null) text += `,"decision":${decisionJson(answer.decisions)}`;
  if (answer.surface !== null) text += `,"surface":${answer.surface}`;
  if (answer.reason !== null) text += `,"reason":"${answer.reason}"`;
  if (answer.cachedAt !== null)
    text += `,"stale":true,"cached_at":"${new Date(answer.cachedAt).toISOString()}"`;
  text += `,"review":${answer.review},"uncertain":${answer.uncertain}`;
  if (answer.uncertain) {
    text += `,"note":"the input is outside of the training distribution, so the stated quality does not apply to this answer"`;
  }
  const { notes } = answer;
  text += `,"repairs":${JSON.stringify(notes?.repairs ?? [])}`;
  return notes === null || notes.outside.length === 0
    ? text
    : `${text},"outside":${JSON.stringify(notes.outside)}`;
}

/** The decision itself where one output decides, else one for each by its name. */
function decisionJson(decisions: Readonly<Record<string, string>>): string {
  const all = Object.values(decisions);
  return JSON.stringify(all.length === 1 ? all[0] : decisions);
}
