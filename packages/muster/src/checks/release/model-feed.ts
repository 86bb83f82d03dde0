import { planFeed } from "../../prepare/feed.ts";
import type { Preparation } from "../../query/read.ts";
import type { ContractSection } from "../../spec/contract-section.ts";
import { answerOf } from "../answers.ts";
import type { Check } from "../check.ts";
import { listed } from "../outcome.ts";
import { noneOfModel } from "./none-of-model.ts";

export interface ModelFeedSubject extends Preparation {
  readonly contract: Pick<ContractSection, "inputs" | "edge_cases">;
}

/** Every tensor of the model is an input of the contract as it is sent, or what its preprocessing makes of one. */
export const modelFeed: Check<ModelFeedSubject, Record<string, never>> = {
  id: "contract/model-feed",
  revision: 1,

  reads: ({ table, steps, rows }) => [{ kind: "model" }, { kind: "prepared", table, steps, rows }],

  measure({ contract }, answers) {
    const { model } = answerOf(answers, 0, "model");
    const { programs } = answerOf(answers, 1, "prepared");
    const { tensors, problems } = planFeed(contract, model.signature, programs);
    const prepared = tensors.filter(({ from }) => from === "prepared").length;
    const facts = { tensors: tensors.length, prepared };
    return [
      {
        label: "tensors that cannot be fed",
        value: problems.length,
        rows: 0,
        facts,
        text: listed(problems, 3),
      },
    ];
  },

  judge: (_promise, [unfed]) =>
    noneOfModel(unfed, (named) => `${named}. What the model does itself is written {custom: name}`),
};
