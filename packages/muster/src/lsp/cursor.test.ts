import { expect, test } from "vitest";
import { cursorAt } from "./cursor.ts";
import { marked } from "./fixtures/marked.ts";

const at = (text: string): unknown => {
  const { text: plain, offset } = marked(text);
  const cursor = cursorAt(plain, offset);
  if (cursor === null) return null;
  const { path, on, typed, siblings } = cursor;
  return [path.join("."), on, typed, siblings.join(" ")];
};

test("a word on a line of its own is a key of the map that its indentation says", () => {
  expect(at("muster: 1\nna‸")).toEqual(["", "key", "na", "muster"]);
  expect(at("a:\n  b:\n    c: 1\n  d‸\n  e: 2\nf: 3\n")).toEqual(["a", "key", "d", "b e"]);
  expect(at("a:\n  b:\n    ‸\n")).toEqual(["a.b", "key", "", ""]);
  expect(at("a:\n  # a: comment\n\n  d‸")).toEqual(["a", "key", "d", ""]);
});

test("in a list the key belongs to the entry around it, counted from the first", () => {
  expect(at("r:\n  - name: x\n    t: 1\n  - name: y\n    ‸\n  - z: 1\n")).toEqual(["r.1", "key", "", "name"]);
  expect(at("r:\n  - name: x\n    t: 1\n  - ‸")).toEqual(["r.1", "key", "", ""]);
  expect(at("r:\n- name: x\n- name: y\n  t‸")).toEqual(["r.1", "key", "t", "name"]);
  expect(at("r:\n  - impact:\n      level: high\n      w‸\n    id: a\n")).toEqual([
    "r.0.impact",
    "key",
    "w",
    "level",
  ]);
  expect(at("r:\n  - name: x\n    in:\n      at: 1\n      ‸")).toEqual(["r.0.in", "key", "", "at"]);
  expect(at("r:\n  - values:\n    - a\n    - ‸")).toEqual(["r.0.values.1", "key", "", ""]);
});

test("between braces the parser says where one is, also while the rest of the file is broken", () => {
  expect(at("a: {b: 1, c‸}\n")).toEqual(["a", "key", "c", "b"]);
  expect(at("a: {b: 1, ‸}\n")).toEqual(["a", "key", "", "b"]);
  expect(at("a: {b: 1, c‸\nd: ]\n")).toEqual(["a", "key", "c", "b"]);
  expect(at("a: {b: 25‸, c: 2}\n")).toEqual(["a.b", "value", "25", ""]);
  expect(at("a: {b: ‸, c: 2}\n")).toEqual(["a.b", "value", "", ""]);
  expect(at("a: [x, y‸]\n")).toEqual(["a.1", "value", "y", ""]);
});

test("behind a colon stands a value, whether or not there is one yet", () => {
  expect(at("a:\n  b: ‸\n  c: 1\n")).toEqual(["a.b", "value", "", ""]);
  expect(at("a:\n  b: wo‸rd\n  c: 1\n")).toEqual(["a.b", "value", "wo", ""]);
  expect(at("a:\n  b: ‸")).toEqual(["a.b", "value", "", ""]);
});

test("nothing is completed in a comment, nor in a word without end", () => {
  expect(at("a: 1 # b‸")).toBeNull();
  expect(at(`a: ${"b".repeat(5000)}‸`)).toBeNull();
});
