import type { SchemaWords } from "./migration.ts";

/** `strict`: SQLite otherwise stores a text where a number belongs, and says nothing. */
export const sqliteWords: SchemaWords = {
  integer: "integer",
  counter: "integer primary key autoincrement",
  tableEnd: " strict",
  appendOnly: (table, keys) => [
    `create trigger ${table}_stay before update on ${table}
     begin select raise(abort, '${table} are append-only: a row never changes'); end`,
    ...rowsRemain(table, keys),
  ],
  onlyChanges: (table, fixed, keys) => [
    `create trigger ${table}_stay before update of ${fixed.join(", ")} on ${table}
     begin select raise(abort, '${table}: ${fixed.join(" and ")} never change'); end`,
    ...rowsRemain(table, keys),
  ],
};

/** `insert or replace` deletes without firing a delete trigger, so an insert over an existing key does nothing. */
function rowsRemain(table: string, keys: readonly (readonly string[])[]): readonly string[] {
  return [
    `create trigger ${table}_remain before delete on ${table}
     begin select raise(abort, '${table}: a row is never deleted'); end`,
    ...keys.map((key) => {
      const same = key.map((column) => `${column} = new.${column}`).join(" and ");
      return `create trigger ${table}_keep_${key.join("_")} before insert on ${table}
        when exists (select 1 from ${table} where ${same})
        begin select raise(ignore); end`;
    }),
  ];
}
