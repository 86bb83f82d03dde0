// Writes the tables of docs/spec-language.md: npm run build && node packages/muster/scripts/write-language-page.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { languagePage } from "../dist/spec/language-page.js";

const target = new URL("../../../docs/spec-language.md", import.meta.url);
writeFileSync(target, languagePage(readFileSync(target, "utf8")));
