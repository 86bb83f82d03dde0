import { specJsonSchema } from "./json-schema.ts";
import { headTable, keyTable } from "./key-table.ts";
import { metricColumnsTable } from "./metric-columns-page.ts";
import { metricParamsTable } from "./metric-params-page.ts";

const head = ["muster", "name", "version", "status", "owners"];
const mark = /(<!-- keys of (\w+) -->\n)[\s\S]*?(<!-- end of keys -->)/g;
const paramsMark = /(<!-- parameters of metrics -->\n)[\s\S]*?(<!-- end of parameters -->)/;
const columnsMark = /(<!-- columns of metrics -->\n)[\s\S]*?(<!-- end of columns -->)/;

/** docs/spec-language.md with its tables of keys written anew from the schema; the prose around them is kept. */
export function languagePage(page: string): string {
  const schema = specJsonSchema();
  const params = page.replace(
    paramsMark,
    (_, open: string, close: string) => `${open}${metricParamsTable()}\n${close}`,
  );
  const columns = params.replace(
    columnsMark,
    (_, open: string, close: string) => `${open}${metricColumnsTable()}\n${close}`,
  );
  return columns.replace(mark, (_, open: string, section: string, close: string) => {
    const table = section === "head" ? headTable(schema, head) : keyTable(schema, section);
    return `${open}${table}\n${close}`;
  });
}
