import type { CodeEntry } from "./code-entry.ts";

/** Trouble with the file as YAML, before any key is looked at. */
export const yamlCodes: readonly CodeEntry[] = [
  {
    code: "MU-A201",
    slug: "not-yaml",
    title: "The file is not YAML",
    explanation:
      "Indentation, quotes, brackets or colons do not add up, so nothing below this place can be read for certain. The keys of the spec are looked at once the YAML is whole.",
    example: { wrong: "decision: {what: Rebook: early}", right: 'decision: {what: "Rebook: early"}' },
  },
  {
    code: "MU-A202",
    slug: "duplicate-key",
    title: "A key stands twice in one map",
    explanation:
      "YAML readers disagree which of the two counts, so neither can be trusted. Muster reads the first one, points at both, and asks for one of them to go.",
    example: { wrong: "name: a\nname: b", right: "name: b" },
  },
  {
    code: "MU-A203",
    slug: "anchor-or-alias",
    title: "Anchors and aliases are not part of the spec language",
    explanation:
      "A line that takes its value from elsewhere cannot be read on its own, and a few aliases of aliases can unfold into gigabytes. Write the value where it is needed. Text that begins with & or * stands in quotes.",
    example: { wrong: "latency: &l {p99: 25ms}\nother: *l", right: "latency: {p99: 25ms}" },
  },
  {
    code: "MU-A204",
    slug: "merge-key",
    title: "Merge keys are not part of the spec language",
    explanation: "The key << belongs to YAML 1.1. Write the keys out where they are needed.",
    example: { wrong: "training: {<<: {path: a.parquet}}", right: "training: {path: a.parquet}" },
  },
  {
    code: "MU-A205",
    slug: "tab-indentation",
    title: "A tab stands in the indentation",
    explanation:
      "YAML indents by spaces only, because nobody agrees how wide a tab is. Most editors convert a whole file at once (Convert Indentation to Spaces).",
    example: { wrong: "problem:\n\tstatement: ..", right: "problem:\n  statement: .." },
  },
  {
    code: "MU-A206",
    slug: "tag",
    title: "Tags are not part of the spec language",
    explanation:
      "A tag such as !!str or !ours changes how a value is read. A spec needs none: put a number that is a text in quotes. Text that begins with ! stands in quotes.",
    example: { wrong: "version: !!str 1.0", right: 'version: "1.0"' },
  },
  {
    code: "MU-A207",
    slug: "several-documents",
    title: "The file holds more than one YAML document",
    explanation:
      'A line "---" or "..." in the middle of a file begins another document. Keep one spec a file.',
    example: { wrong: "muster: 1\n---\nmuster: 1", right: "muster: 1" },
  },
  {
    code: "MU-A208",
    slug: "empty-file",
    title: "The file holds no spec",
    explanation: "The file is empty, or holds comments only.",
    example: { wrong: "# to be written", right: "muster: 1\nname: flight-delay\nversion: 1.0.0" },
  },
  {
    code: "MU-A209",
    slug: "too-large",
    title: "The file is too large to be a spec",
    explanation:
      "A spec has at most 2 Mi characters (2,097,152). A larger file is most likely not the one that was meant, and is not read at all.",
    example: null,
  },
  {
    code: "MU-A210",
    slug: "too-deep",
    title: "Maps and lists are nested too deep",
    explanation:
      "More than 32 maps and lists lie within one another. No key of the language needs even ten levels.",
    example: null,
  },
  {
    code: "MU-A211",
    slug: "too-many-nodes",
    title: "The file holds too many keys and values",
    explanation:
      "A spec has at most 100,000 keys and values. Long lists of values can come from the data instead: values: profile.",
    example: null,
  },
  {
    code: "MU-A212",
    slug: "not-a-map",
    title: "The file is not a map of keys",
    explanation:
      "The outermost thing of a spec is a map: lines of key: value. This file is one value, or a list.",
    example: { wrong: "- muster: 1", right: "muster: 1" },
  },
  {
    code: "MU-A213",
    slug: "unreadable-character",
    title: "A character cannot stand in a spec",
    explanation:
      "Control characters, halves of surrogate pairs and U+FFFD come from files that are not UTF-8 text, or were damaged. A carriage return without a line feed is among them. Save the file as UTF-8; LF and CRLF line ends and a byte order mark are fine.",
    example: null,
  },
  {
    code: "MU-A214",
    slug: "forbidden-name",
    title: "A name that JavaScript gives a meaning of its own",
    explanation: "__proto__, constructor and prototype cannot be names of inputs, outputs, roles or groups.",
    example: { wrong: "owners: {constructor: a@b.example}", right: "owners: {builder: a@b.example}" },
  },
  {
    code: "MU-A215",
    slug: "directive",
    title: "Directives are not part of the spec language",
    explanation:
      "A line such as %YAML 1.1 changes how the whole file is read (no becomes false). A spec is always read as YAML 1.2.",
    example: { wrong: "%YAML 1.1\n---\nmuster: 1", right: "muster: 1" },
  },
  {
    code: "MU-A219",
    slug: "too-many-errors",
    title: "There are more diagnostics than are listed",
    explanation:
      "At most 1,000 diagnostics are listed; this one closes the list and says how many more there are.",
    example: null,
  },
  {
    code: "MU-A234",
    slug: "not-a-key",
    title: "A key is missing, or is not a name",
    explanation:
      "YAML allows lists and maps as keys, and values without a key. In a spec every key is a plain name.",
    example: { wrong: "? [a, b]\n: 1", right: "a: 1\nb: 1" },
  },
  {
    code: "MU-A235",
    slug: "inexact-number",
    title: "A whole number is too large to be kept exactly",
    explanation:
      "Whole numbers are exact up to 9,007,199,254,740,991. A larger one is most likely an identifier: put it in quotes.",
    example: { wrong: "values: [12345678901234567890]", right: 'values: ["12345678901234567890"]' },
  },
];
