import { MusterError } from "../../source/muster-error.ts";
import type { SqlColumns } from "../sql-columns.ts";
import { doubleLiteral } from "../sql-literal.ts";

/** Longer expressions than any person writes. */
const mostCharacters = 10_000;
const mostNodes = 2000;
const deepest = 100;

const operators = new Set(["+", "-", "*", "/", "//", "%", "**", "^", "||", "~~", "!~~", "~~*", "!~~*"]);

/** Functions of one row's values that read nothing else, remember nothing and make nothing large. */
const functions = new Set(
  `abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log2 log10 pow power mod greatest least nullif pi sin cos
  tan asin acos atan atan2 isnan isfinite isinf lower upper length strlen trim ltrim rtrim contains starts_with
  ends_with prefix suffix levenshtein jaro_winkler_similarity date_part date_diff date_trunc epoch epoch_ms year month
  day hour minute second dayofweek isodow dayofyear week`.split(/\s+/),
);

const comparisons: ReadonlyMap<string, string> = new Map([
  ["COMPARE_EQUAL", "="],
  ["COMPARE_NOTEQUAL", "<>"],
  ["COMPARE_LESSTHAN", "<"],
  ["COMPARE_GREATERTHAN", ">"],
  ["COMPARE_LESSTHANOREQUALTO", "<="],
  ["COMPARE_GREATERTHANOREQUALTO", ">="],
  ["COMPARE_DISTINCT_FROM", "IS DISTINCT FROM"],
  ["COMPARE_NOT_DISTINCT_FROM", "IS NOT DISTINCT FROM"],
]);

const castTypes = new Set(
  "DOUBLE FLOAT TINYINT SMALLINT INTEGER BIGINT HUGEINT BOOLEAN VARCHAR DATE TIMESTAMP".split(" "),
);

/** A statement that has nothing but this expression, for DuckDB to parse. */
export function rowSqlProbe(sql: string): string {
  if (sql.length > mostCharacters || sql.includes("\0") || sql.trim() === "") {
    throw refusal(sql, `an expression has 1 to ${mostCharacters} characters`);
  }
  // The line break ends a comment that would otherwise swallow the bracket.
  return `SELECT (${sql}\n)`;
}

/**
 * The expression written anew from what DuckDB's own parser made of it: every name quoted, every literal escaped, and
 * nothing in it but what is on the lists above. So its text never reaches a statement. Throws `call/bad-argument` for
 * anything but one expression of one row, and `engine/unknown-column`.
 */
export function rowSql(sql: string, serialized: string, columns: SqlColumns): string {
  const parsed = asNode(JSON.parse(serialized));
  if (parsed.error === true) throw refusal(sql, `DuckDB says: ${String(parsed.error_message)}`);
  const [statement, ...others] = asNodes(parsed.statements);
  const node = asNode(statement?.node);
  const [expression, ...more] = asNodes(node.select_list);
  const alone =
    others.length === 0 &&
    more.length === 0 &&
    expression !== undefined &&
    node.type === "SELECT_NODE" &&
    asNode(node.from_table).type === "EMPTY" &&
    ["where_clause", "having", "sample", "qualify"].every((part) => (node[part] ?? null) === null) &&
    ["modifiers", "group_expressions", "group_sets"].every((part) => asNodes(node[part]).length === 0) &&
    asNodes(asNode(node.cte_map).map).length === 0 &&
    asNodes(statement?.named_param_map).length === 0;
  if (!alone) throw refusal(sql, "it is more than one expression");
  // What fails in one row (the logarithm of -1, a text that is no number) is missing there, and counted as such.
  return `TRY(CAST(${new Writer(sql, columns).write(expression, 0)} AS DOUBLE))`;
}

type Node = Readonly<Record<string, unknown>>;

function asNode(value: unknown): Node {
  return typeof value === "object" && value !== null ? (value as Node) : {};
}

function asNodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(asNode) : [];
}

class Writer {
  private readonly sql: string;
  private readonly columns: SqlColumns;
  private nodes = 0;

  constructor(sql: string, columns: SqlColumns) {
    this.sql = sql;
    this.columns = columns;
  }

  write(node: Node, depth: number): string {
    if (++this.nodes > mostNodes || depth > deepest) throw refusal(this.sql, "it is too long or too deep");
    const inner = (value: unknown): string => this.write(asNode(value), depth + 1);
    const all = (value: unknown): readonly string[] => asNodes(value).map(inner);
    const type = String(node.type);
    switch (node.class) {
      case "CONSTANT":
        return this.constant(asNode(node.value));
      case "COLUMN_REF":
        return this.column(node.column_names);
      case "FUNCTION":
        return this.call(node, all(node.children));
      case "COMPARISON": {
        const operator = comparisons.get(type);
        if (operator === undefined) throw this.no(type);
        return `(${inner(node.left)} ${operator} ${inner(node.right)})`;
      }
      case "BETWEEN":
        return `(${inner(node.input)} BETWEEN ${inner(node.lower)} AND ${inner(node.upper)})`;
      case "CONJUNCTION":
        if (type !== "CONJUNCTION_AND" && type !== "CONJUNCTION_OR") throw this.no(type);
        return `(${all(node.children).join(type === "CONJUNCTION_AND" ? " AND " : " OR ")})`;
      case "OPERATOR":
        return this.operator(type, all(node.children));
      case "CASE": {
        const checks = asNodes(node.case_checks).map(
          (check) => `WHEN ${inner(check.when_expr)} THEN ${inner(check.then_expr)}`,
        );
        return `CASE ${checks.join(" ")} ELSE ${inner(node.else_expr)} END`;
      }
      case "CAST": {
        const target = String(asNode(node.cast_type).id);
        if (!castTypes.has(target)) throw this.no(`a cast to ${target}`);
        return `${node.try_cast === true ? "TRY_CAST" : "CAST"}(${inner(node.child)} AS ${target})`;
      }
      default:
        throw this.no(String(node.class).toLowerCase());
    }
  }

  private call(node: Node, children: readonly string[]): string {
    const name = String(node.function_name).toLowerCase();
    const plain =
      (node.schema === "" || node.schema === "main") &&
      (node.catalog ?? "") === "" &&
      (node.filter ?? null) === null &&
      node.distinct === false &&
      asNodes(asNode(node.order_bys).orders).length === 0;
    if (!plain) throw this.no(`${name} with more than its arguments`);
    if (functions.has(name)) return `${name}(${children.join(", ")})`;
    if (!operators.has(name)) throw this.no(`the function ${name}`);
    const [left, right] = children;
    if (children.length === 1 && (name === "-" || name === "+")) return `(${name} ${left})`;
    if (children.length !== 2) throw this.no(name);
    return `(${left} ${name} ${right})`;
  }

  private operator(type: string, children: readonly string[]): string {
    const [first, ...rest] = children;
    switch (type) {
      case "OPERATOR_NOT":
        return `(NOT ${first})`;
      case "OPERATOR_IS_NULL":
        return `(${first} IS NULL)`;
      case "OPERATOR_IS_NOT_NULL":
        return `(${first} IS NOT NULL)`;
      case "OPERATOR_COALESCE":
        return `COALESCE(${children.join(", ")})`;
      case "COMPARE_IN":
        return `(${first} IN (${rest.join(", ")}))`;
      case "COMPARE_NOT_IN":
        return `(${first} NOT IN (${rest.join(", ")}))`;
      default:
        throw this.no(type.toLowerCase());
    }
  }

  private column(names: unknown): string {
    const parts: readonly unknown[] = Array.isArray(names) ? names : [];
    const [name] = parts;
    if (parts.length !== 1 || typeof name !== "string") {
      throw this.no(`${parts.join(".")} (a name with a dot in it is written "${parts.join(".")}")`);
    }
    return this.columns.quote(this.columns.find(name).name);
  }

  private constant(value: Node): string {
    const type = asNode(value.type);
    const raw = value.value;
    if (value.is_null === true) return "NULL";
    switch (type.id) {
      case "VARCHAR":
        return `(${this.columns.dialect.text(String(raw))})`;
      case "BOOLEAN":
        return raw === true ? "TRUE" : "FALSE";
      case "DOUBLE":
      case "FLOAT":
        return doubleLiteral(Number(raw));
      case "TINYINT":
      case "SMALLINT":
      case "INTEGER":
      case "BIGINT":
        if (!Number.isSafeInteger(raw)) throw this.no(`the number ${String(raw)}`);
        return String(raw);
      case "DECIMAL": {
        const scale = Number(asNode(type.type_info).scale);
        if (!Number.isSafeInteger(raw)) throw this.no("a number of more than 15 digits");
        return doubleLiteral(Number(`${String(raw)}e-${scale}`));
      }
      default:
        throw this.no(`a constant of type ${String(type.id)}`);
    }
  }

  private no(what: string): MusterError {
    return refusal(this.sql, `it may not hold ${what}`);
  }
}

function refusal(sql: string, because: string): MusterError {
  const shown = sql.length > 80 ? `${sql.slice(0, 77)}...` : sql;
  return new MusterError(
    "call/bad-argument",
    `The SQL ${JSON.stringify(shown)} cannot be measured: ${because}.`,
    {
      hint: "Write one number of one row from its columns: arithmetic, comparisons, CASE, and functions such as abs, ln, greatest. No aggregate, no SELECT.",
    },
  );
}
