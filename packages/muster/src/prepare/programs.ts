import {
  choose,
  constant,
  dividedBy,
  type Formula,
  finite,
  ln,
  minus,
  plus,
  times,
  x,
} from "../transform/formula.ts";
import type { Entry, Program, ProgramOutput } from "../transform/program.ts";
import type { Fitted, FittedFeature, FittedOperation } from "./fitted.ts";

/** The programs that carry a fitted preprocessing out, in order: the one definition for data and gateway. */
export const programsOf = (fitted: Fitted): readonly Program[] => fitted.features.map(programOf);

export function programOf(feature: FittedFeature): Program {
  const { input, part, operations } = feature;
  const name = part === null ? input : `${input}.${part}`;
  return {
    column: input,
    entry: entryOf(feature),
    steps: operations.map(formulaOf),
    output: outputOf(name, feature, operations.at(-1)),
  };
}

export function entryOf({ type, part }: Pick<FittedFeature, "type" | "part">): Entry {
  if (part !== null) return part;
  return type === "string" || type === "text" ? "text" : "number";
}

const texts: ReadonlySet<FittedOperation["op"]> = new Set(["lowercase", "trim", "impute"]);

function outputOf(
  name: string,
  feature: Pick<FittedFeature, "type" | "part" | "operations">,
  last: FittedOperation | undefined,
): ProgramOutput {
  if (last?.op === "one_hot") {
    return { kind: "indicators", names: last.values.map((value) => `${name}=${value}`) };
  }
  const text = entryOf(feature) === "text" && feature.operations.every(({ op }) => texts.has(op));
  if (text) return { kind: "text", name };
  const op = last?.op;
  const whole =
    op === "ordinal" || op === "hash" || op === "bucketize" || (op === undefined && feature.part !== null);
  return { kind: "number", name, whole };
}

/** What an operation does to a value, as a formula. */
export function formulaOf(operation: FittedOperation): Formula {
  switch (operation.op) {
    case "standardize":
      return finite(dividedBy(minus(x, constant(operation.mean)), constant(operation.standard_deviation)));
    case "min_max": {
      const width = operation.max - operation.min;
      return finite(dividedBy(minus(x, constant(operation.min)), constant(width === 0 ? 1 : width)));
    }
    case "log1p":
      return log1p;
    case "clip": {
      const [low, high] = [constant(operation.low), constant(operation.high)];
      return choose(x, "<", low, low, choose(high, "<", x, high, x));
    }
    case "bucketize":
      return { kind: "edges_reached", edges: operation.edges };
    case "one_hot":
    case "ordinal":
      return { kind: "place", values: operation.values };
    case "hash":
      return { kind: "bucket", buckets: operation.buckets };
    case "impute":
      return typeof operation.value === "number"
        ? { kind: "filled", value: operation.value }
        : { kind: "filled_text", value: operation.value };
    case "lowercase":
      return { kind: "lowercase" };
    case "trim":
      return { kind: "trimmed" };
    default:
      return operation satisfies never;
  }
}

/**
 * ln(1 + x) to the last digits also near 0, out of a logarithm and arithmetic that both sides have: with u = 1 + x, x
 * where u is 1, else x ln(u) / (u - 1), in which the error of u cancels (W. Kahan; N. J. Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., section 1.14.1). Missing at -1 and below.
 */
const log1p: Formula = (() => {
  const u = plus(constant(1), x);
  const value = times(x, dividedBy(ln(u), minus(u, constant(1))));
  return choose(x, "<=", constant(-1), { kind: "missing" }, choose(u, "=", constant(1), x, value));
})();
