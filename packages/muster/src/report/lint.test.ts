import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { renderLintText } from "./lint-text.ts";

const span: Span = {
  file: "muster.yaml",
  start: { line: 14, column: 5, offset: 300 },
  end: { line: 14, column: 14, offset: 309 },
};

const typo: Diagnostic = {
  code: "MU-E110",
  severity: "error",
  message: '"age_brand" is not a declared column',
  at: span,
  hint: 'Did you mean "age_band"?',
  url: "https://muster.example/rules/MU-E110",
  related: [{ message: "columns are declared here", at: { ...span, start: { ...span.start, line: 3 } } }],
};

const unreadable: Diagnostic = {
  code: "MU-S001",
  severity: "warning",
  message: "the file\u001b[2J is empty",
  at: null,
};

describe("lint as text", () => {
  test("gives place, message, code, frame, what to do, and a count", () => {
    const frame = ({ at }: Diagnostic): string =>
      at === null ? "" : "  14 |   - age_brand\n     |     ^^^^^^^^^\n";
    expect(renderLintText([typo, unreadable], { frame })).toMatchInlineSnapshot(`
      "muster.yaml:14:5  error  "age_brand" is not a declared column  MU-E110
        14 |   - age_brand
           |     ^^^^^^^^^
        see muster.yaml:3  columns are declared here
        help: Did you mean "age_band"?
        https://muster.example/rules/MU-E110

      warning  the file is empty  MU-S001

      1 error, 1 warning.
      "
    `);
  });

  test("says so when there is nothing to say", () => {
    expect(renderLintText([], { frame: () => "" })).toBe("No findings.\n");
  });
});
