import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFile } from "../../source/source-file.ts";
import { parse } from "../../spec/parse.ts";
import { settle } from "../settle.ts";
import { writeDraft } from "../write-yaml.ts";
import { readTemplate } from "./read-template.ts";
import { writeTemplate } from "./write-template.ts";

const folder = (path: string): URL => new URL(path, import.meta.url);
const bases = folder("../../spec/rules/fixtures/bases/");
const templates = folder("../../../templates/");
const files = [
  folder("../../../../../examples/flight-delay/muster.yaml"),
  ...readdirSync(bases).map((name) => new URL(name, bases)),
  ...readdirSync(templates).map((name) => new URL(name, templates)),
];

function parsed(text: string, name: string) {
  const result = parse(text, name);
  expect(
    result.diagnostics.filter((d) => d.severity === "error").map((d) => `${d.at?.start.line} ${d.message}`),
  ).toEqual([]);
  if (result.spec === null) throw new Error("no spec");
  return result.spec;
}

test.each(files.map((file) => [file.pathname.split("/").slice(-2).join("/"), file] as const))(
  "%s is the same spec after a way through the Markdown template",
  (_name, file) => {
    const spec = parsed(readFileSync(file, "utf8"), "muster.yaml");
    const page = writeTemplate(spec);
    expect(page).not.toContain("# replaces");
    const draft = readTemplate(sourceFile("spec.md", page));
    expect(draft.diagnostics).toEqual([]);
    settle(draft, null);
    expect(parsed(writeDraft(draft), "back.yaml")).toEqual(spec);
    // Reading and writing settle at once: a second way changes nothing.
    expect(writeTemplate(parsed(writeDraft(draft), "back.yaml"))).toBe(page);
  },
);
