import { describe, expect, test } from "vitest";
import { printed } from "./fixtures/printed.ts";
import { parse } from "./parse.ts";

const head = "muster: 1\nname: a\nversion: 1.0.0\n";
const complete = (text: string) => `\n${printed(text)}\n`;

describe("a file that is no map of keys", () => {
  test("empty, blank, or comments only", () => {
    expect(complete("")).toMatchInlineSnapshot(`
      "
      1:1-1:1 error MU-A208 The file is empty.
          Start with "muster: 1" and "name: ..".
      "
    `);
    expect(complete("\n\n")).toContain("1:1-1:1 error MU-A208");
    expect(complete("\r\n \n\t\n")).toMatchInlineSnapshot(`
      "
      1:1-1:2 error MU-A208 The file is empty.
          Start with "muster: 1" and "name: ..".
      "
    `);
    expect(complete("# a spec\n# to be written\n")).toMatchInlineSnapshot(`
      "
      1:1-1:2 error MU-A208 The file holds nothing but comments and marks.
          Start with "muster: 1" and "name: ..".
      "
    `);
    expect(complete("---\n...\n")).toMatchInlineSnapshot(`
      "
      1:1-1:2 error MU-A208 The file holds nothing but comments and marks.
          Start with "muster: 1" and "name: ..".
      "
    `);
  });

  test("a value or a list", () => {
    expect(complete("hello\n")).toMatchInlineSnapshot(`
      "
      1:1-1:6 error MU-A212 A spec is a map of keys, this file is the value "hello".
          Start with "muster: 1" and "name: ..".
      "
    `);
    expect(complete("42")).toMatchInlineSnapshot(`
      "
      1:1-1:3 error MU-A212 A spec is a map of keys, this file is the value 42.
          Start with "muster: 1" and "name: ..".
      "
    `);
    expect(complete("- muster: 1\n- name: a\n")).toMatchInlineSnapshot(`
      "
      1:1-1:12 error MU-A212 A spec is a map of keys, this file is a list.
          Start with "muster: 1" and "name: ..".
      "
    `);
  });

  test("something that is not text", () => {
    expect(complete("a\0b\0c")).toMatchInlineSnapshot(`
      "
      1:2-1:3 error MU-A213 The character U+0000 cannot stand in a spec, and 1 more like it.
          Delete it, or save the file as UTF-8 text if it was saved as something else.
      "
    `);
    expect(complete("name: \ud800x")).toMatchInlineSnapshot(`
      "
      1:7-1:8 error MU-A213 The character U+D800 cannot stand in a spec.
          Delete it, or save the file as UTF-8 text if it was saved as something else.
      "
    `);
    expect(complete("\ufffd\ufffd")).toMatchInlineSnapshot(`
      "
      1:1-1:2 error MU-A213 The character U+FFFD cannot stand in a spec, and 1 more like it.
          Delete it, or save the file as UTF-8 text if it was saved as something else.
      "
    `);
    expect(complete("a: 1\rb: 2\r")).toMatchInlineSnapshot(`
      "
      1:5-1:6 error MU-A213 The character U+000D cannot stand in a spec, and 1 more like it.
          Save the file with the line ends LF or CRLF.
      "
    `);
  });

  test("several documents", () => {
    expect(complete(`${head}---\n${head}`)).toMatchInlineSnapshot(`
      "
      4:1-4:4 error MU-A207 The file holds more than one YAML document.
          Keep one spec a file, and delete the line "---" or "..." that divides this one.
      "
    `);
    expect(complete(`${head}...\n${head}`)).toMatchInlineSnapshot(`
      "
      5:1-5:4 error MU-A207 The file holds more than one YAML document.
          Keep one spec a file, and delete the line "---" or "..." that divides this one.
      "
    `);
  });
});

describe("broken YAML", () => {
  test("is told at its place and hides the keys until it is whole", () => {
    expect(complete(`${head}problem: {statement: x\ndata: {}\n`)).toMatchInlineSnapshot(`
      "
      5:1-5:2 error MU-A201 Flow map in block collection must be sufficiently indented and end with a }.
          Indent what belongs together by the same number of spaces, and close every bracket.
      "
    `);
    expect(complete("name: a: b\n")).toMatchInlineSnapshot(`
      "
      1:7-1:8 error MU-A201 A map or list begins where a value on one line is due.
          Put text that holds ": " in quotes, or give the inner map lines of its own.
      "
    `);
    expect(complete("name: 'a\nversion: 1\n")).toMatchInlineSnapshot(`
      "
      1:7-1:8 error MU-A201 A quote opens here and is never closed.
          Close what was opened: a quote, a bracket or a brace; a key ends with a colon.
      "
    `);
    expect(complete("name: @x\n")).toMatchInlineSnapshot(`
      "
      1:7-1:8 error MU-A201 Plain value cannot start with reserved character @.
          Put the text in quotes.
      "
    `);
    expect(complete('name: "\\q"\n')).toMatchInlineSnapshot(`
      "
      1:8-1:9 error MU-A201 Invalid escape sequence \\q.
          Use single quotes, in which a backslash is just a backslash, or double it.
      "
    `);
    expect(complete("name\nversion: 1\n")).toMatchInlineSnapshot(`
      "
      1:1-1:5 error MU-A201 A key has to stand on one line and end with a colon.
          Write "key: value".
      "
    `);
  });

  test("tabs in the indentation are told by name, each line of them", () => {
    expect(complete(`${head}problem:\n\tstatement: x\n\toutput: y\n`)).toMatchInlineSnapshot(`
      "
      5:1-5:2 error MU-A205 A tab stands in the indentation.
          Indent by spaces; most editors can convert the whole file at once.
      6:1-6:2 error MU-A205 A tab stands in the indentation.
          Indent by spaces; most editors can convert the whole file at once.
      "
    `);
    expect(complete(`${head}risks:\n  - id: x\n\t  mode: y\n`)).toMatchInlineSnapshot(`
      "
      6:1-6:4 error MU-A205 A tab stands in the indentation.
          Indent by spaces; most editors can convert the whole file at once.
      "
    `);
  });

  test("tabs elsewhere do no harm", () => {
    expect(printed(`${head}owners:\t{a: b}\t# x\n`)).not.toContain("error");
  });
});

describe("what YAML has and the spec language has not", () => {
  test("anchors, aliases and merge keys", () => {
    expect(
      complete(`${head}deployment:\n  latency: &l {p99: 25ms}\n  rollback: *l\n`),
    ).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, monitoring.
          Write what is missing before the spec becomes active.
      5:12-5:14 error MU-A203 Anchors are not part of the spec language: &l
          Write the value out where it is needed; text that begins with & stands in quotes.
      6:13-6:15 error MU-A203 Aliases are not part of the spec language: *l
          Write the value out where it is needed; text that begins with * stands in quotes.
      "
    `);
    expect(complete(`${head}deployment:\n  <<: {latency: {p99: 25ms}}\n`)).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, monitoring.
          Write what is missing before the spec becomes active.
      5:3-5:5 error MU-A204 Merge keys (<<) are not part of the spec language.
          Write the keys out where they are needed.
      "
    `);
    expect(complete(`${head}deployment:\n  <<: [*a, *b]\n`)).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, monitoring.
          Write what is missing before the spec becomes active.
      5:3-5:5 error MU-A204 Merge keys (<<) are not part of the spec language.
          Write the keys out where they are needed.
      5:8-5:10 error MU-A203 Aliases are not part of the spec language: *a
          Write the value out where it is needed; text that begins with * stands in quotes.
      5:12-5:14 error MU-A203 Aliases are not part of the spec language: *b
          Write the value out where it is needed; text that begins with * stands in quotes.
      "
    `);
  });

  test("aliases of aliases do not unfold", () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `  l${i}: &a${i} [${`*a${i - 1},`.repeat(i === 0 ? 0 : 9)}]`,
    );
    const start = performance.now();
    expect(printed(`${head}owners:\n${levels.join("\n")}\n`)).toContain("MU-A203");
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("tags and directives", () => {
    expect(
      complete(`${head}data: {label: {column: !!str late, positive: !ours 1}}\n`),
    ).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:24-4:29 error MU-A206 Tags are not part of the spec language: !!str
          Leave the tag out; put a value in quotes to make it a text, or text that begins with ! in quotes.
      4:46-4:51 error MU-A206 Tags are not part of the spec language: !ours
          Leave the tag out; put a value in quotes to make it a text, or text that begins with ! in quotes.
      "
    `);
    expect(complete(`%YAML 1.1\n---\n${head}`)).toMatchInlineSnapshot(`
      "
      1:1-1:10 error MU-A215 Directives are not part of the spec language: %YAML 1.1
          Delete the line; a spec is read as YAML 1.2.
      3:1-3:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      "
    `);
  });

  test("keys that are no names", () => {
    expect(complete(`${head}? [a, b]\n: 1\n`)).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:3-4:9 error MU-A234 A key has to be a name.
          Write "key: value"; a list or a map cannot be a key.
      "
    `);
    expect(complete(`${head}{a: 1}: 2\n`)).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:1-4:7 error MU-A234 A key has to be a name.
          Write "key: value"; a list or a map cannot be a key.
      "
    `);
    expect(complete(`${head}: 2\n`)).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:1-4:1 error MU-A234 A value stands here without a key.
          Write "key: value"; a list or a map cannot be a key.
      "
    `);
  });
});

describe("keys", () => {
  test("a key that stands twice is told with both places", () => {
    expect(
      complete(`${head}name: b\ndata:\n  time: {column: a}\n  time: {column: b}\n`),
    ).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:1-4:5 error MU-A202 The key "name" stands here for the second time. [first written here: 2:1]
          Keep one of the two; the first one is what was read.
      7:3-7:7 error MU-A202 The key "time" stands here for the second time. [first written here: 6:3]
          Keep one of the two; the first one is what was read.
      "
    `);
  });

  test("__proto__ and its like are refused and pollute nothing", () => {
    expect(
      complete(`${head}__proto__: {polluted: 1}\nowners: {__proto__: x, constructor: y, prototype: z}\n`),
    ).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      4:1-4:10 error MU-A214 "__proto__" cannot be a key.
          Choose another name: JavaScript gives this one a meaning of its own.
      5:10-5:19 error MU-A214 "__proto__" cannot be a key.
          Choose another name: JavaScript gives this one a meaning of its own.
      5:24-5:35 error MU-A214 "constructor" cannot be a name.
          Choose another: JavaScript gives this one a meaning.
      5:40-5:49 error MU-A214 "prototype" cannot be a name.
          Choose another: JavaScript gives this one a meaning.
      "
    `);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("keys that every object has elsewhere are keys like any other", () => {
    for (const key of ["constructor", "toString", "valueOf", "hasOwnProperty", "then", "length", "toJSON"]) {
      for (const value of ["{name: {a: 1}, prototype: {b: 1}}", "x", "[1]", "{toString: {a: 1}}"]) {
        for (const place of ["problem", "risks", "contract"]) {
          expect(printed(`${head}${place}: {${key}: ${value}}\n`)).toContain("error");
          expect(printed(`${head}data: {label: {column: a, positive: {${key}: ${value}}}}\n`)).toContain(
            "MU-A216",
          );
        }
      }
    }
  });

  test("a role may be called as an object's own functions are", () => {
    const { spec } = parse(`${head}owners: {toString: a@b.example, valueOf: c@d.example}\n`, "muster.yaml");
    expect(Object.entries(spec?.owners ?? {})).toEqual([
      ["toString", "a@b.example"],
      ["valueOf", "c@d.example"],
    ]);
  });

  test("a key without a value is told at the key", () => {
    expect(
      complete(`${head}deployment:\n  rollback:\n    within:\n  versioning: {keep: }\n`),
    ).toMatchInlineSnapshot(`
      "
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, monitoring.
          Write what is missing before the spec becomes active.
      6:5-6:11 error MU-A233 "within" has no value.
          For example: 1m. Or delete the key.
      7:16-7:20 error MU-A233 "keep" has no value.
          For example: 5. Or delete the key.
      "
    `);
  });
});
