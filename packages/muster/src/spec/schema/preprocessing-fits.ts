import { type Operation, type PreprocessingStep, readOperation, stepText } from "../operation.ts";
import { isNumeric } from "./fits.ts";
import { isPair, type Raw, type Rule } from "./structure.ts";

/** What the steps before have made of the input. */
interface State {
  readonly kind: "text" | "number" | "datetime" | "parts" | "columns";
  /** Numbers that stand for a few things, so that each of them can have a column or a place of its own. */
  readonly whole: boolean;
  /** Behind a logarithm, whose last digits differ between machines: a number must not be told from its neighbour. */
  readonly rounded: boolean;
}

const starts: Readonly<Partial<Record<string, State>>> = {
  string: { kind: "text", whole: false, rounded: false },
  text: { kind: "text", whole: false, rounded: false },
  integer: { kind: "number", whole: true, rounded: false },
  boolean: { kind: "number", whole: true, rounded: false },
  float: { kind: "number", whole: false, rounded: false },
  datetime: { kind: "datetime", whole: false, rounded: false },
};

/** Each step has to be able to take what the input, or the step before it, gives. */
export function preprocessingFits(input: Raw, report: Parameters<Rule<Raw>>[1]): void {
  const { type, preprocessing, range } = input;
  if (typeof type !== "string" || !Array.isArray(preprocessing)) return;
  const operations = preprocessing.map(asOperation);
  // What is done elsewhere may do anything, and a step that is wrong in itself has been reported.
  if (operations.length === 0 || operations.some((each) => each === null || each.op === "custom")) return;
  const fault = (at: number, message: string, hint: string): void =>
    report({ path: ["preprocessing", at], code: "MU-A228", message, hint });
  let state = Object.hasOwn(starts, type) ? starts[type] : undefined;
  if (state === undefined) {
    if (type === "image" || type === "json")
      fault(0, `Muster carries out no step on ${type}.`, "Write {custom: name} for what the model does.");
    return;
  }
  for (const [at, operation] of operations.entries()) {
    if (operation === null) return;
    const name = stepText(preprocessing[at] as PreprocessingStep);
    const before = at === 0 ? `an input of type ${type}` : `what ${stepText(preprocessing[at - 1])} gives`;
    const wrong = misuse(operation, state, name, before);
    if (wrong !== null) {
      fault(at, wrong[0], wrong[1]);
      return;
    }
    if (operation.op === "log1p" && at === 0 && isPair(range) && isNumeric(type) && range[0] <= -1) {
      fault(
        at,
        `log1p has no value at -1 and below, and the range begins at ${range[0]}.`,
        "Narrow the range, or clip before it.",
      );
      return;
    }
    state = after(operation, state);
  }
  if (state.kind === "datetime")
    fault(0, "A datetime has no number of its own.", "Name parts of it: hour, weekday ..");
}

/** Also of values that are wrong: those are null. */
function asOperation(step: unknown): Operation | null {
  const plain =
    typeof step === "string" || (typeof step === "object" && step !== null && !Array.isArray(step));
  if (!plain) return null;
  try {
    return readOperation(step as PreprocessingStep);
  } catch {
    return null;
  }
}

function misuse(
  operation: Operation,
  { kind, whole, rounded }: State,
  name: string,
  before: string,
): readonly [message: string, hint: string] | null {
  if (kind === "columns") {
    return [`${name} cannot follow one_hot, which makes many columns of one.`, "Put one_hot last."];
  }
  switch (operation.op) {
    case "part":
      return kind === "datetime" || kind === "parts"
        ? null
        : [`${name} is a part of a datetime, and ${before} is none.`, "Make the input's type datetime."];
    case "lowercase":
    case "trim":
    case "hash":
      return kind === "text" ? null : [`${name} needs a text, and ${before} is none.`, "Leave it out."];
    case "impute": {
      if (kind === "datetime")
        return [
          "impute cannot fill a datetime.",
          "Put it behind the parts, or state missing: {default: ..}.",
        ];
      if (kind !== "text" && operation.by === undefined && typeof operation.constant === "string")
        return [`${name} fills numbers with a text.`, "Write a number."];
      if (kind !== "text") return null;
      if (operation.by === "mean" || operation.by === "median")
        return [`A text has no ${operation.by}.`, "Write most_frequent or {constant: ..}."];
      return typeof operation.constant === "number"
        ? [`${name} fills texts with a number.`, "Put it in quotes."]
        : null;
    }
    case "one_hot":
    case "ordinal": {
      if (kind === "datetime")
        return [`${name} cannot take a datetime.`, "Name parts of it first: hour, weekday .."];
      if (kind === "number" && !whole)
        return [
          `${name} needs texts or whole numbers, and ${before} has no few values.`,
          "bucketize it first.",
        ];
      const order = operation.op === "ordinal" ? (operation.order ?? []) : [];
      const alien = order.find((each) => typeof each !== (kind === "text" ? "string" : "number"));
      return alien === undefined
        ? null
        : [
            `The order has ${JSON.stringify(alien)}, which is no ${kind === "text" ? "text" : "number"}.`,
            "Change it.",
          ];
    }
    case "bucketize":
      if (rounded)
        return [
          "bucketize cannot follow log1p: its last digit differs between machines.",
          "Put bucketize before log1p or leave log1p out: it keeps the order.",
        ];
      return needsNumber(name, kind, before);
    default:
      return needsNumber(name, kind, before);
  }
}

function needsNumber(
  name: string,
  kind: State["kind"],
  before: string,
): readonly [message: string, hint: string] | null {
  if (kind === "number" || kind === "parts") return null;
  const hint =
    kind === "datetime"
      ? "Name parts of it first: hour, weekday .."
      : "Make numbers of it first: ordinal, one_hot or hash.";
  return [`${name} needs a number, and ${before} is none.`, hint];
}

function after(operation: Operation, state: State): State {
  switch (operation.op) {
    case "part":
      return { kind: "parts", whole: true, rounded: false };
    case "one_hot":
      return { ...state, kind: "columns" };
    case "ordinal":
    case "hash":
    case "bucketize":
      return { kind: "number", whole: true, rounded: state.rounded };
    case "standardize":
    case "min_max":
      return { ...state, kind: "number", whole: false };
    case "log1p":
      return { kind: "number", whole: false, rounded: true };
    case "clip":
      return { ...state, kind: "number" };
    default:
      return state.kind === "parts" ? { ...state, kind: "number" } : state;
  }
}
