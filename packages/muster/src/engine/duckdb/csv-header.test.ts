import { expect, test } from "vitest";
import { readCsvHeader } from "./csv-header.ts";

test.each([
  ["a,b\n1,2", ",", ["a", "b"]],
  ["a;b,c;d\n", ";", ["a", "b,c", "d"]],
  ["a\tb\r\n", "\t", ["a", "b"]],
  ["a|b", "|", ["a", "b"]],
  ["only\n", ",", ["only"]],
  ['\uFEFF"a;x";"say ""b"""\n', ";", ["a;x", 'say "b"']],
  ['a;"c,d"\n', ";", ["a", "c,d"]],
  ['"two\nlines",b\n', ",", ["two\nlines", "b"]],
  [",b\n", ",", ["", "b"]],
  ["\n", ",", [""]],
])("reads the first line of %j", (text, delimiter, names) => {
  expect(readCsvHeader(text)).toEqual({ delimiter, names });
});
