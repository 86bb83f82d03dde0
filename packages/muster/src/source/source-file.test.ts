import { describe, expect, test } from "vitest";
import { sourceFile } from "./source-file.ts";

describe("sourceFile", () => {
  test("positions and offsets are each other's inverse on every place of a text", () => {
    for (const text of ["", "a", "a\n", "a\nbc\n\nd", "\ufeffa\r\nb\r\n", "\r\n", "a\rb\nc"]) {
      const source = sourceFile("a.yaml", text);
      const first = text.startsWith("\ufeff") ? 1 : 0;
      for (let offset = first; offset <= text.length; offset++) {
        const { line, column } = source.position(offset);
        // The place between CR and LF belongs to no column: it cannot be asked for.
        if (text[offset] === "\n" && text[offset - 1] === "\r") continue;
        expect(source.offset(line, column), JSON.stringify([text, offset])).toBe(offset);
      }
    }
  });

  test("a byte order mark takes no column", () => {
    const source = sourceFile("a.yaml", "\ufeffmuster: 1\nname: b");
    expect(source.position(1)).toEqual({ line: 1, column: 1, offset: 1 });
    expect(source.line(1)).toBe("muster: 1");
    expect(source.offset(1, 1)).toBe(1);
  });

  test("CRLF ends a line as LF does, and belongs to no line's text", () => {
    const source = sourceFile("a.yaml", "a: 1\r\nb: 2\r\n");
    expect([source.line(1), source.line(2), source.line(3), source.line(4)]).toEqual([
      "a: 1",
      "b: 2",
      "",
      "",
    ]);
    expect(source.position(6)).toEqual({ line: 2, column: 1, offset: 6 });
    expect(source.lineCount).toBe(3);
  });

  test("offsets outside of the text are moved to its ends, and places that do not exist have none", () => {
    const source = sourceFile("a.yaml", "ab\nc");
    expect(source.position(-5).offset).toBe(0);
    expect(source.position(99)).toEqual({ line: 2, column: 2, offset: 4 });
    expect(source.position(Number.NaN).offset).toBe(0);
    expect([source.offset(0, 1), source.offset(1, 4), source.offset(3, 1), source.offset(1, 1.5)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(source.span(3, 1).end.offset).toBe(3);
  });
});
