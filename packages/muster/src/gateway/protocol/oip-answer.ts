import type { ContractPlan } from "../contract-plan.ts";
import type { OutputPlan } from "../output-plan.ts";
import type { Identity } from "../release-identity.ts";
import type { RequestMeta } from "../request-meta.ts";
import type { RowAnswer } from "../row-answer.ts";
import type { OipRequest } from "./oip-request.ts";

/**
 * An inference response. What Muster has to say of it stands in `parameters`, as strings, numbers and booleans
 * only, since the protocol allows nothing else there; lists are JSON in a string.
 */
export function encodeOip(
  request: OipRequest,
  model: string,
  plan: ContractPlan,
  answers: readonly RowAnswer[],
  policy: string,
  meta: RequestMeta,
  identity: Identity,
): string {
  return JSON.stringify({
    model_name: model,
    model_version: identity.release.id,
    id: request.clientId ?? meta.id,
    parameters: {
      muster_id: meta.id,
      muster_release: identity.release.id,
      muster_policy: policy,
      muster_claims: identity.claimsText,
      ...remarks(answers),
    },
    outputs: request.outputs.flatMap((index) => {
      const output = plan.outputs[index];
      return output === undefined ? [] : [tensor(output, index, answers)];
    }),
  });
}

function remarks(answers: readonly RowAnswer[]): Record<string, string | boolean> {
  const said: Record<string, string | boolean> = { muster_review: answers.some(({ review }) => review) };
  const all = <T>(name: string, of: (answer: RowAnswer) => T | null): void => {
    const values = answers.map(of);
    if (values.every((value) => value === null)) return;
    said[name] = answers.length === 1 && typeof values[0] === "string" ? values[0] : JSON.stringify(values);
  };
  const several = answers.length > 1;
  const many = (list: readonly unknown[] | undefined): readonly unknown[] | null =>
    list === undefined || list.length === 0 ? null : list;
  if (answers.some(({ uncertain }) => uncertain)) said.muster_uncertain = true;
  if (answers.some(({ policy }) => policy === "cached")) said.muster_stale = true;
  all("muster_reason", ({ reason }) => reason);
  all("muster_decision", ({ decisions }) => {
    if (decisions === null) return null;
    const decided = Object.values(decisions);
    return decided.length === 1 ? (decided[0] ?? null) : decisions;
  });
  all("muster_repairs", ({ notes }) => many(notes?.repairs));
  all("muster_outside", ({ notes }) => many(notes?.outside.map(({ input, code }) => ({ input, code }))));
  if (several && answers.some(({ policy }) => policy !== answers[0]?.policy)) {
    all("muster_policies", ({ policy }) => policy);
  }
  if (several && said.muster_review === true) all("muster_reviews", ({ review }) => review);
  const surface = answers.map((answer) => answer.surface);
  if (surface[0] !== undefined && surface[0] !== null) {
    said.muster_surface = several ? JSON.stringify(surface) : surface[0];
  }
  return said;
}

function tensor(plan: OutputPlan, index: number, answers: readonly RowAnswer[]): object {
  const values = answers.map(({ outputs }) => outputs[index]);
  const first = values[0];
  const width = Array.isArray(first) ? [first.length] : plan.tensor.shape.length === 2 ? [1] : [];
  return {
    name: plan.name,
    datatype: plan.tensor.datatype,
    shape: [values.length, ...width],
    data: values.flat(),
  };
}
