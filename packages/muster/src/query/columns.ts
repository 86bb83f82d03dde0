import type { Aggregate, Among, Dimension, Lists, Measure, Window } from "./aggregate.ts";
import type { Expression } from "./expression.ts";
import { namesOfList, namesOfRow } from "./lists.ts";
import type { Predicate } from "./predicate.ts";
import type { Question } from "./question.ts";

/** Every column of its table that an aggregate reads; a column may come more than once. */
export function columnsOf(aggregate: Aggregate): string[] {
  const read = columnsRead({ ...aggregate, values: Object.values(aggregate.values) });
  return aggregate.lists === undefined
    ? read
    : [...columnsOfRows(aggregate.lists), ...columnsOfLists(aggregate.lists, read)];
}

/** Every name that the aggregate reads, of its table or of its lists. */
export function columnsRead({
  by,
  values,
  where,
  among = [],
}: {
  readonly by: readonly Dimension[];
  readonly values: readonly Measure[];
  readonly where?: Predicate | undefined;
  readonly among?: readonly Among[];
}): string[] {
  return [
    ...by.flatMap(columnsOfDimension),
    ...values.flatMap(inMeasure),
    ...(where === undefined ? [] : inPredicate(where)),
    ...among.flatMap(({ dimension }) => columnsOfDimension(dimension)),
  ];
}

/** Of the columns that are read from lists, those that are the table's own, each once. */
export function columnsOfLists(lists: Lists, read: readonly string[]): string[] {
  const made = new Set(namesOfList(lists));
  return [...new Set(read)].filter((name) => !made.has(name));
}

/** The columns of the table that making its rows into lists reads, each once. */
export function columnsOfRows(lists: Lists): string[] {
  const made = new Set(namesOfRow(lists));
  const inner = [...Object.values(lists.columns).flatMap(inExpression)];
  const measured = Object.values(lists.values).flatMap(inMeasure);
  return [
    ...new Set([
      lists.key,
      ...Object.values(lists.windows).flatMap(inWindow),
      ...[...inner, ...measured].filter((name) => !made.has(name)),
    ]),
  ];
}

function inWindow(window: Window): string[] {
  const ordered = "order" in window ? window.order.map((by) => by.column) : [];
  const equal = "peers" in window ? (window.peers ?? []).map((by) => by.column) : [];
  return [...ordered, ...equal, ...("of" in window ? inExpression(window.of) : [])];
}
/** Every column that a question reads; a column may come more than once. */
export function columnsOfQuestion(question: Question): string[] {
  switch (question.kind) {
    case "repeats":
      return [...(question.columns ?? []), ...optional(question.label), ...inWhere(question.where)];
    case "top_values":
      return [question.column, ...inWhere(question.where)];
    case "sample":
      return [
        ...question.keys,
        ...question.columns,
        ...(question.groups ?? []).flatMap(columnsOfDimension),
        ...optional(question.by),
        ...inWhere(question.where),
      ];
    case "rows":
      return [...question.columns];
    case "separation":
      return [question.column, question.label];
    default:
      return question satisfies never;
  }
}

const optional = (name: string | undefined): string[] => (name === undefined ? [] : [name]);
const inWhere = (where: Predicate | undefined): string[] => (where === undefined ? [] : inPredicate(where));

/** The columns that a dimension reads. */
export function columnsOfDimension(dimension: Dimension): string[] {
  return dimension.kind === "number" || dimension.kind === "cell" || dimension.kind === "cuts"
    ? inExpression(dimension.of)
    : [dimension.column];
}

function inMeasure(measure: Measure): string[] {
  if (measure.fn === "count_distinct") return [measure.column];
  const where = measure.where === undefined ? [] : inPredicate(measure.where);
  return measure.fn === "count" ? where : [...inExpression(measure.of), ...where];
}

function inExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case "column":
    case "epoch_ms":
    case "text_length":
      return [expression.column];
    case "constant":
      return [];
    // Only an engine can tell; it names a column that is not there itself.
    case "sql":
      return [];
    case "indicator":
      return inPredicate(expression.where);
    case "case":
      return expression.of.flatMap(({ where, value }) => [...inPredicate(where), ...inExpression(value)]);
    case "sum_of":
    case "product_of":
      return expression.terms.flatMap(inExpression);
    case "quotient_of":
      return [...inExpression(expression.over), ...inExpression(expression.under)];
    case "difference_of":
    case "at_least":
      return [...inExpression(expression.left), ...inExpression(expression.right)];
    case "absolute":
    case "log":
    case "power":
    case "exponential":
    case "or_else":
    case "raw":
      return inExpression(expression.of);
    default:
      return expression satisfies never;
  }
}

function inPredicate(predicate: Predicate): string[] {
  switch (predicate.kind) {
    case "all":
    case "any":
      return predicate.of.flatMap(inPredicate);
    case "not":
      return inPredicate(predicate.of);
    default:
      return [predicate.column];
  }
}
