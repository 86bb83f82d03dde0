// Writes docs/rules/*.md from the rules: npm run build && node packages/muster/scripts/write-rules.mjs
// Pages of rules that are gone are removed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { lintCodes } from "../dist/spec/lint-codes.js";
import { codePage, rulePage, rulesIndex } from "../dist/spec/lint-rule-page.js";
import { rules } from "../dist/spec/rules/registry.js";

const folder = new URL("../../../docs/rules/", import.meta.url);
const base = (name) =>
  readFileSync(new URL(`../src/spec/rules/fixtures/bases/${name}.muster.yaml`, import.meta.url), "utf8");
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (file.endsWith(".md")) rmSync(new URL(file, folder));
writeFileSync(new URL("README.md", folder), rulesIndex(rules, lintCodes));
for (const rule of rules) {
  writeFileSync(new URL(`${rule.code}.md`, folder), rulePage(rule, base(rule.example.base)));
}
for (const entry of lintCodes) writeFileSync(new URL(`${entry.code}.md`, folder), codePage(entry));
