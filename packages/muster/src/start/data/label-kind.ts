import type { Scalar } from "../../query/scalar.ts";
import type { ColumnSurvey } from "./survey.ts";

/** Above it a number is a quantity, not a class. */
const mostClasses = 20;

/** What kind of thing the model is to say, as far as the label's values tell. */
export type LabelKind =
  | {
      readonly output: "classification";
      readonly classes: readonly Scalar[];
      readonly positive: Scalar | null;
    }
  | { readonly output: "regression" };

/** Few distinct values are classes; a number with many is a quantity. */
export function labelKind({ column, values, distinct }: ColumnSurvey): LabelKind {
  const numeric = column.type === "integer" || column.type === "float";
  const whole = values?.every(([value]) => Number.isInteger(Number(value))) ?? false;
  if (numeric && (distinct > mostClasses || !whole)) return { output: "regression" };
  if (values === null || distinct > mostClasses) return { output: "regression" };
  const classes = values.map(([value]) => scalarOf(value, column.type));
  return { output: "classification", classes, positive: classes.length === 2 ? positiveOf(classes) : null };
}

/** 1 or true, as scikit-learn has it; of two texts the rarer one, which is usually what is looked for. */
function positiveOf(classes: readonly Scalar[]): Scalar | null {
  const usual = classes.find((value) => value === 1 || value === true);
  return usual ?? classes[1] ?? null;
}

export function scalarOf(value: string, type: string): Scalar {
  if (type === "integer" || type === "float") return Number(value);
  return type === "boolean" ? value === "true" : value;
}
