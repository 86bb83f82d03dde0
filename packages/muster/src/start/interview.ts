// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is part of the spec language
import { Draft, type DraftPath, todo } from "./draft.ts";
import type { Question } from "./question-kinds.ts";
import { questions } from "./questions.ts";
import { rawMap } from "./raw.ts";
import { settle } from "./settle.ts";

/**
 * Puts one question and gives the answer, without its line end; null when the person has left (end of input). An
 * empty answer takes what the question offers.
 */
export type Ask = (question: Asked) => Promise<string | null>;

export interface Asked {
  /** The step's title, with its first question only. */
  readonly step: string | null;
  readonly text: string;
  /** What an empty answer means; null where it leaves a TODO. */
  readonly offer: string | null;
  /** Why the answer before was not taken. */
  readonly trouble: string | null;
}

/** So often an answer is asked for again before the offer is taken. */
const mostTries = 5;

/**
 * The six steps of the template, from the problem to monitoring, as questions. Null when the person left: then there
 * is nothing to write.
 */
export async function interview(ask: Ask, folder: string): Promise<Draft | null> {
  const draft = new Draft();
  let step = "";
  for (const question of questions(folder)) {
    if (question.when !== undefined && !question.when(draft)) continue;
    const title = question.step === step ? null : question.step;
    step = question.step;
    if (!(await answered(ask, draft, question, title))) return null;
  }
  finish(draft);
  settle(draft, null);
  return draft;
}

async function answered(ask: Ask, draft: Draft, question: Question, title: string | null): Promise<boolean> {
  const offer = typeof question.offer === "function" ? question.offer(draft) : question.offer;
  let trouble: string | null = null;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const answer = await ask({ step: tries === 0 ? title : null, text: question.text, offer, trouble });
    if (answer === null) return false;
    const words = answer.trim() === "" ? offer : answer.trim();
    if (words === null) break;
    trouble = question.take(draft, words.slice(0, 1_000));
    if (trouble === null) return true;
  }
  if (offer === null) question.open?.(draft);
  else question.take(draft, offer);
  return true;
}

/** What follows from the answers, and what nobody is asked for. */
function finish(draft: Draft): void {
  const put = (path: DraftPath, value: Parameters<Draft["put"]>[1]): void => {
    if (draft.get(path) === undefined) draft.put(path, value);
  };
  const risks = [
    [
      "shift",
      "Distribution shift",
      "high",
      "medium",
      "Slow decline",
      "Retraining on drift",
      ["monitoring.input_drift", "retraining.triggers.drift"],
    ],
    [
      "skew",
      "Training/serving skew",
      "medium",
      "high",
      "Silent degradation",
      "Inputs are validated by the contract, and their distributions are watched",
      ["contract.inputs", "monitoring.input_drift"],
    ],
    [
      "adversarial-input",
      "Adversarial input",
      "low",
      "high",
      "The model is steered",
      "Inputs are validated and callers are rate limited",
      ["contract.inputs", "deployment.throughput.per_client"],
    ],
  ] as const;
  if (draft.get(["risks"]) === "usual") {
    draft.remove(["risks"]);
    for (const [id, mode, probability, level, what, mitigation, controls] of risks) {
      // A control has to be a line of this very file.
      const there = controls.filter((control) => draft.get([control.split(".")[0] ?? ""]) !== undefined);
      const entry = [
        ["id", id],
        ["mode", mode],
        ["probability", probability],
        [
          "impact",
          rawMap([
            ["level", level],
            ["what", what],
          ]),
        ],
        ["mitigation", mitigation],
        ["controls", there.length > 0 ? there : undefined],
      ] as const;
      draft.push(["risks"], rawMap(entry));
    }
  } else draft.remove(["risks"]);
  put(["deployment", "throughput", "per_client"], "10/s");
  put(["deployment", "versioning", "keep"], 5);
  put(["deployment", "rollback", "within"], "5m");
  put(
    ["deployment", "log"],
    rawMap([
      ["survives", "crash"],
      ["retain", "90d"],
    ]),
  );
  const role = "ml";
  put(
    ["owners"],
    rawMap([
      ["product", todo("who decides what is good enough")],
      [role, todo("who is told when the model gets worse")],
    ]),
  );
  put(
    ["monitoring", "no_data"],
    rawMap([
      ["after", "15m"],
      ["owner", role],
    ]),
  );
  const p99 = draft.get(["deployment", "latency", "p99"]);
  if (p99 !== undefined)
    put(
      ["monitoring", "latency"],
      rawMap([
        ["metric", "p99"],
        ["alert_above", p99],
        ["window", "5m"],
        ["owner", role],
      ]),
    );
  draft.note(
    ["monitoring", "notify"],
    'notify: {ml: [{webhook: "${ML_WEBHOOK}"}]}   read from the environment when used',
  );
}
