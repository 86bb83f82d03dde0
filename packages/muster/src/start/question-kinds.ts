import { type Draft, type DraftPath, todo } from "./draft.ts";

/** One question of the interview: how it is put, what is offered, and what an answer does to the draft. */
export interface Question {
  readonly step: string;
  readonly text: string;
  /** Taken for an empty answer; null leaves a TODO. */
  readonly offer: string | null | ((draft: Draft) => string | null);
  readonly when?: (draft: Draft) => boolean;
  /** Takes the answer, or says why it cannot be taken. */
  readonly take: (draft: Draft, words: string) => string | null;
  /** Leaves the blank. */
  readonly open?: (draft: Draft) => void;
}

/** The titles of the template's six steps. */
export const steps = {
  problem: "1 of 6  The business problem, the output, and who uses it",
  contract: "2 of 6  What goes in and what comes out",
  data: "3 of 6  The training data",
  evaluation: "4 of 6  What decides whether the model ships",
  risks: "5 of 6  What can go wrong",
  operations: "6 of 6  Deployment, monitoring and retraining",
} as const;

export const done = (_put: unknown): null => null;

export function text(step: string, question: string, path: DraftPath, what: string): Question {
  return {
    step,
    text: question,
    offer: null,
    take: (draft, words) => done(draft.put(path, words)),
    open: (draft) => draft.put(path, todo(what)),
  };
}

export function choice(
  step: string,
  question: string,
  path: DraftPath,
  values: readonly string[],
  offer: string,
  also?: (draft: Draft) => void,
): Question {
  return {
    step,
    text: `${question} (${values.join(", ")})`,
    offer,
    take: (draft, words) => {
      const wanted = words.toLowerCase().replace(/[\s-]+/g, "_");
      const found = values.filter((value) => value.startsWith(wanted));
      const chosen = values.find((value) => value === wanted) ?? (found.length === 1 ? found[0] : undefined);
      if (chosen === undefined) return `Write one of ${values.join(", ")}.`;
      draft.put(path, chosen);
      also?.(draft);
      return null;
    },
  };
}

export const policy = (question: string, key: string, values: readonly [string, ...string[]]): Question => ({
  ...choice(steps.contract, question, ["contract", "edge_cases", key], values, values[0]),
  when: (draft) => draft.get(["contract", "inputs"]) !== undefined,
});

export function quantity(
  step: string,
  question: string,
  path: DraftPath,
  offer: string,
  read: (words: string) => string | null,
  wanted: string,
): Question {
  return {
    step,
    text: question,
    offer,
    take: (draft, words) => {
      const value = read(words);
      if (value === null) return `Write ${wanted}.`;
      draft.put(path, value);
      return null;
    },
  };
}
