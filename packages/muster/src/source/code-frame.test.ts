import { expect, test } from "vitest";
import { codeFrame } from "./code-frame.ts";
import { sourceFile } from "./source-file.ts";

const text = ["muster: 1", "deployment:", "  latency: {p99: 25}", "\tlog: x", "last: 1"].join("\n");
const source = sourceFile("m.yaml", text);
const at = (needle: string) => source.span(text.indexOf(needle), text.indexOf(needle) + needle.length);

test("a frame shows the lines around a span and carets under it", () => {
  expect(`\n${codeFrame(source, at("25"), { context: 1, label: "no unit" })}`).toMatchInlineSnapshot(`
    "
      2 | deployment:
    > 3 |   latency: {p99: 25}
        |                  ^^ no unit
      4 | 	log: x"
  `);
});

test("tabs before the span stay tabs, so that carets stand under their text", () => {
  expect(codeFrame(source, at("log"), { context: 0 }).split("\n")[1]).toBe("    | \t^^^");
});

test("an empty span at the end of the text still has a caret", () => {
  const end = source.span(text.length, text.length);
  expect(codeFrame(source, end, { context: 0 })).toBe("> 5 | last: 1\n    |        ^");
});

test("a span over many lines is cut after four", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `k${index}: 1`).join("\n");
  const long = sourceFile("m.yaml", lines);
  expect(codeFrame(long, long.span(0, lines.length), { context: 0 }).split("\n")).toHaveLength(8);
});

test("a very long line is cut around the marked place", () => {
  const line = `${"x".repeat(5_000)}HERE${"y".repeat(5_000)}`;
  const long = sourceFile("m.yaml", line);
  const [shown = "", carets = ""] = codeFrame(long, long.span(5_000, 5_004)).split("\n");
  expect(shown.length).toBeLessThan(180);
  expect(shown.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
});

test("paint is used for the gutter and the carets only", () => {
  const paint = { gutter: (part: string) => `<${part}>`, marker: (part: string) => `[${part}]` };
  expect(codeFrame(source, at("25"), { context: 0, paint })).toBe(
    "[>]< 3 |>   latency: {p99: 25}\n<    |>                  [^^]",
  );
});
