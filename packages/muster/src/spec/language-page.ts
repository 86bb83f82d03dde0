import { specJsonSchema } from "./json-schema.ts";
import { headTable, keyTable } from "./key-table.ts";

const head = ["muster", "name", "version", "status", "owners"];
const mark = /(<!-- keys of (\w+) -->\n)[\s\S]*?(<!-- end of keys -->)/g;

/** docs/spec-language.md with its tables of keys written anew from the schema; the prose around them is kept. */
export function languagePage(page: string): string {
  const schema = specJsonSchema();
  return page.replace(mark, (_, open: string, section: string, close: string) => {
    const table = section === "head" ? headTable(schema, head) : keyTable(schema, section);
    return `${open}${table}\n${close}`;
  });
}
