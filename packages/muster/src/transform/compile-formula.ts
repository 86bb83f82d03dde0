import type { Formula, NumberFormula } from "./formula.ts";
import { lowercase, md5Number, trimmed } from "./text.ts";

/** What a formula takes and gives: missing is NaN among numbers and null among texts. */
export type Value = number | string | null;

/** A formula as a function: the arithmetic of JavaScript is that of IEEE 754, operation by operation. */
export function compileFormula(formula: Formula): (x: Value) => Value {
  switch (formula.kind) {
    case "trimmed":
      return (x) => (typeof x === "string" ? trimmed(x) : null);
    case "lowercase":
      return (x) => (typeof x === "string" ? lowercase(x) : null);
    case "filled_text": {
      const { value } = formula;
      return (x) => x ?? value;
    }
    case "place": {
      // A Map takes -0 and 0 for one key, as equality does.
      const places = new Map<Value, number>(formula.values.map((value, i) => [value, i]));
      return (x) => (missing(x) ? Number.NaN : (places.get(x) ?? -1));
    }
    case "bucket": {
      const { buckets } = formula;
      return (x) => (typeof x === "string" ? md5Number(x) % buckets : Number.NaN);
    }
    default: {
      const compiled = ofNumber(formula);
      return (x) => compiled(typeof x === "number" ? x : Number.NaN);
    }
  }
}

const missing = (x: Value): boolean => x === null || (typeof x === "number" && Number.isNaN(x));

type Arithmetic = Exclude<NumberFormula, { readonly kind: "place" | "bucket" }>;

function ofNumber(formula: Arithmetic): (x: number) => number {
  switch (formula.kind) {
    case "x":
      return (x) => x;
    case "constant": {
      const { value } = formula;
      return () => value;
    }
    case "missing":
      return () => Number.NaN;
    case "plus": {
      const [left, right] = sides(formula);
      return (x) => left(x) + right(x);
    }
    case "minus": {
      const [left, right] = sides(formula);
      return (x) => left(x) - right(x);
    }
    case "times": {
      const [left, right] = sides(formula);
      return (x) => left(x) * right(x);
    }
    case "divided_by": {
      const [left, right] = sides(formula);
      return (x) => left(x) / right(x);
    }
    case "ln": {
      const of = number(formula.of);
      return (x) => Math.log(of(x));
    }
    case "finite": {
      const of = number(formula.of);
      return (x) => {
        const value = of(x);
        return value - value === 0 ? value : Number.NaN;
      };
    }
    case "choose": {
      const [left, right] = sides(formula);
      const then = number(formula.then);
      const otherwise = number(formula.otherwise);
      if (formula.is === "=") return (x) => (left(x) === right(x) ? then(x) : otherwise(x));
      return formula.is === "<"
        ? (x) => (left(x) < right(x) ? then(x) : otherwise(x))
        : (x) => (left(x) <= right(x) ? then(x) : otherwise(x));
    }
    case "filled": {
      const { value } = formula;
      return (x) => (Number.isNaN(x) ? value : x);
    }
    case "edges_reached": {
      const edges = Float64Array.from(formula.edges);
      return (x) => {
        if (Number.isNaN(x)) return x;
        let low = 0;
        let high = edges.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((edges[middle] ?? 0) <= x) low = middle + 1;
          else high = middle;
        }
        return low;
      };
    }
    default:
      return formula satisfies never;
  }
}

function sides(formula: {
  readonly left: NumberFormula;
  readonly right: NumberFormula;
}): readonly [left: (x: number) => number, right: (x: number) => number] {
  return [number(formula.left), number(formula.right)];
}

/** A part of a formula, which has numbers around it. */
function number(formula: NumberFormula): (x: number) => number {
  if (formula.kind === "place" || formula.kind === "bucket") {
    const compiled = compileFormula(formula);
    return (x) => Number(compiled(x));
  }
  return ofNumber(formula);
}
