import { describe, expect, test } from "vitest";
import type { Aggregate } from "../query/aggregate.ts";
import { column } from "../query/expression.ts";
import { mergeAggregates } from "../query/merge.ts";
import { duckDbDialect } from "./duckdb/dialect.ts";
import type { TableInfo } from "./engine.ts";
import { statementSql } from "./sql.ts";
import { SqlColumns } from "./sql-columns.ts";
import { doubleLiteral } from "./sql-literal.ts";

const info: TableInfo = {
  columns: [
    { name: 'te"xt', type: "string", native: "VARCHAR" },
    { name: "whole", type: "integer", native: "BIGINT" },
    { name: "score", type: "float", native: "DOUBLE" },
    { name: "at", type: "datetime", native: "TIMESTAMP" },
    { name: "list", type: "unknown", native: "INTEGER[]" },
  ],
  rows: 1,
};

function sqlOf(...aggregates: readonly Omit<Aggregate, "table">[]): readonly string[] {
  const { statements } = mergeAggregates(aggregates.map((aggregate) => ({ table: "t", ...aggregate })));
  return statements.map((merged) => statementSql(new SqlColumns(duckDbDialect, "t", info), merged).sql);
}

describe("statements", () => {
  test("are one scan for a total and every subgroup", () => {
    const values = { n: { fn: "count" } } as const;
    const [sql, ...more] = sqlOf(
      { by: [{ kind: "cell", of: column("score"), per: 1024 }], values },
      {
        by: [
          { kind: "listed", column: 'te"xt', values: ["a"] },
          { kind: "cell", of: column("score"), per: 1024 },
        ],
        values,
      },
    );
    expect(more).toEqual([]);
    expect(sql?.match(/FROM "t"/g)).toHaveLength(1);
    expect(sql).toContain('GROUP BY GROUPING SETS (("d0", "d1"), ("d1"))');
    expect(sql).toContain('"te""xt" = \'a\'');
  });

  test("name a shared input once, and group nothing where there are no keys", () => {
    const of = { kind: "log", of: column("score"), floor: 1e-15 } as const;
    const [sql] = sqlOf({
      by: [],
      values: { low: { fn: "min", of }, high: { fn: "max", of }, sum: { fn: "sum", of } },
    });
    expect(sql?.match(/AS "x\d"/g)).toEqual(['AS "x0"']);
    expect(sql).not.toContain("GROUP BY");
    expect(sql?.match(/LN\(/g)).toHaveLength(1);
  });

  test("name what they would write more than once, by a name that no column has", () => {
    const square = { kind: "product_of", terms: [column("score"), column("score")] } as const;
    const cube = { kind: "product_of", terms: [square, column("score")] } as const;
    const where = { kind: "all", of: [{ kind: "is_finite", column: "score" }] } as const;
    const named = new SqlColumns(duckDbDialect, "t", {
      ...info,
      columns: [...info.columns, { name: "E0", type: "integer", native: "BIGINT" }],
    });
    const asked: Aggregate = {
      table: "t",
      by: [],
      values: {
        n: { fn: "count", where },
        s: { fn: "sum", of: square, where },
        c: { fn: "sum", of: cube, where },
      },
    };
    const [merged] = mergeAggregates([asked]).statements;
    const { sql, guardedSql } = statementSql(named, merged as NonNullable<typeof merged>);
    expect(sql.match(/"score" \* "score"/g)).toHaveLength(1);
    expect(sql).not.toContain('"e0"');
    expect(sql).toContain('AS "e_0"');
    // NaN, infinities and overflow are looked for only where they have shown in the answer.
    expect(sql).not.toContain("Infinity");
    expect(sql).toContain('SUM("x');
    expect(guardedSql?.match(/Infinity/g)?.length).toBeGreaterThan(1);
  });

  test("leave conditions away that a sum's own form has, and keep all others", () => {
    const late = { kind: "equals", column: "whole", value: 1 } as const;
    const scored = { kind: "is_finite", column: "score" } as const;
    const of = { kind: "case", of: [{ where: late, value: column("score") }] } as const;
    const [sql] = sqlOf({
      by: [{ kind: "values", column: 'te"xt' }],
      values: {
        a: { fn: "sum", of, where: { kind: "all", of: [late, scored] } },
        b: { fn: "sum", of, where: { kind: "equals", column: "whole", value: 2 } },
      },
    });
    expect(sql?.match(/FILTER/g)).toHaveLength(1);
  });

  test("ask nothing about extremes of a column that is a key, which shows them", () => {
    const where = { kind: "compare", column: "score", operator: ">", value: 0.5 } as const;
    const values = { n: { fn: "count", where } } as const;
    const asked = mergeAggregates([{ table: "t", by: [{ kind: "number", of: column("score") }], values }]);
    const [merged] = asked.statements;
    const { sql, outputs } = statementSql(
      new SqlColumns(duckDbDialect, "t", info),
      merged as NonNullable<typeof merged>,
    );
    expect(sql).not.toContain("SUM(");
    expect(outputs.map(({ measured }) => measured)).toEqual([true, true]);
  });

  test("hash each different value of a repeated column once, by names that no column has", () => {
    const of = { kind: "half", column: "whole", seed: 7 } as const;
    const asked: Aggregate = {
      table: "t",
      by: [{ kind: "bucket", column: "whole" }],
      values: { n: { fn: "count" } },
      among: [{ dimension: of, keys: [1] }],
    };
    const taken = { ...info, columns: [...info.columns, { name: "V0", type: "integer", native: "BIGINT" }] };
    const [merged] = mergeAggregates([asked]).statements;
    const columns = new SqlColumns(duckDbDialect, "t", taken as TableInfo, { repeated: new Set(["whole"]) });
    const { sql } = statementSql(columns, merged as NonNullable<typeof merged>);
    expect(sql.match(/md5\(/gi)).toHaveLength(2);
    expect(sql).toContain('FROM (SELECT "whole" FROM "t" GROUP BY "whole")');
    expect(sql).not.toContain('"v0"');
    expect(sql).toContain('AS "v0_"');
  });

  test("hold values of any content as text and never as SQL", () => {
    const value = "'; DROP TABLE t; --";
    const [sql] = sqlOf({
      by: [],
      values: { n: { fn: "count", where: { kind: "equals", column: 'te"xt', value } } },
    });
    expect(sql).toContain(`"te""xt" = '''; DROP TABLE t; --'`);
    expect(duckDbDialect.text("a\0'b")).toBe("'a' || chr(0) || '''b'");
  });

  test("write doubles exactly, and never as decimals", () => {
    for (const number of [0, 0.1, -2.5, 1e21, 5e-324, Number.MAX_VALUE, 123456789.123]) {
      const literal = doubleLiteral(number);
      expect(Number(literal.replace(/[()]/g, ""))).toBe(number);
      expect(literal).toContain("e");
    }
  });

  test("search a long list by halves", () => {
    const values = Array.from({ length: 1000 }, (_, i) => i);
    const [sql] = sqlOf({
      by: [{ kind: "listed", column: "whole", values }],
      values: { n: { fn: "count" } },
    });
    expect(sql?.match(/"whole" = /g)).toHaveLength(1000);
    const depth = Math.max(...[...(sql ?? "").matchAll(/(?:END )+/g)].map(([ends]) => ends.length / 4));
    expect(depth).toBeLessThan(10);
  });

  test.each([
    [{ by: [{ kind: "bins", column: "whole", edges: [1, 1] }], values: {} }, /edges/],
    [{ by: [{ kind: "cell", of: column("score"), per: 0 }], values: {} }, /above 0/],
    [{ by: [{ kind: "hours", column: "score", ranges: [] }], values: {} }, /"score".*date or time/],
    [{ by: [{ kind: "values", column: "list" }], values: {} }, /"list"/],
    [{ by: [], values: { a: { fn: "sum", of: { kind: "log", of: column("score"), floor: 0 } } } }, /floor/],
    [
      {
        by: [],
        values: { a: { fn: "count", where: { kind: "compare", column: 'te"xt', operator: "<", value: 1 } } },
      },
      /a number/,
    ],
  ] as readonly (readonly [Omit<Aggregate, "table">, RegExp])[])("refuse %j", (aggregate, message) => {
    expect(() => sqlOf(aggregate)).toThrow(message);
  });
});
