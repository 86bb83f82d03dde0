import { describe, expect, test } from "vitest";
import { swapped, toyRules, unretained } from "../../test/fixtures/toy-rules.ts";
import { sourceFile } from "../source/source-file.ts";
import { ignoreComments } from "./ignore-comments.ts";
import { lintText } from "./lint-text.ts";

const head = "muster: 1\nname: a\nversion: 1.0.0\nowners: {ml: a@b.example}\n";
function linted(body: string, preset: "recommended" | "minimal" = "recommended") {
  const { items, suppressed } = lintText(head + body, "m.yaml", {
    rules: toyRules,
    preset,
    today: "2026-06-01",
  });
  return {
    shown: items
      .filter((i) => i.diagnostic.code !== "MU-A220")
      .map(({ diagnostic: d }) => `${d.at?.start.line} ${d.code} ${d.message}`),
    suppressed: suppressed.map((s) => `${s.diagnostic.code} ${s.reason}`),
  };
}
const wrong = "{p50: 9ms, p99: 1ms}";

describe("a muster-ignore comment", () => {
  test.each([
    ["behind the line", `deployment:\n  latency: ${wrong} # muster-ignore MU-O901: agreed\n`],
    ["above the line", `deployment:\n  # muster-ignore MU-O901: agreed\n  latency: ${wrong}\n`],
    [
      "above other comments and blank lines",
      `deployment:\n  # muster-ignore MU-O901: agreed\n\n  # more\n  latency: ${wrong}\n`,
    ],
    ["by slug", `deployment:\n  latency: ${wrong} # muster-ignore toy-percentiles-swapped: agreed\n`],
    [
      "until a day to come",
      `deployment:\n  latency: ${wrong} # muster-ignore MU-O901 until=2026-06-01: agreed\n`,
    ],
    [
      "in a list over lines",
      `deployment:\n  latency: {\n    # muster-ignore MU-O901: agreed\n    p50: 9ms, p99: 1ms}\n`,
    ],
  ])("%s suppresses", (_where, body) => {
    expect(linted(body)).toEqual({ shown: [], suppressed: ["MU-O901 agreed"] });
  });

  test("may name several rules, and stand at a map's key", () => {
    const body = `deployment:\n  latency: ${wrong}\n  log: {survives: crash}  # muster-ignore MU-O902, MU-O901: for now\n`;
    const { shown, suppressed } = linted(body);
    expect(suppressed).toEqual(["MU-O902 for now"]);
    expect(shown).toEqual([
      expect.stringMatching(/^6 MU-O901 /),
      expect.stringMatching(/^7 MU-A110 MU-O901 \(toy-percentiles-swapped\) finds nothing here/),
    ]);
    const block = "deployment:\n  # muster-ignore MU-O902: for now\n  log:\n    survives: crash\n";
    expect(linted(block)).toEqual({ shown: [], suppressed: ["MU-O902 for now"] });
  });

  test.each([
    ["without a reason", "MU-O901", /gives no reason/, true],
    ["without a rule", ": why", /names no rule/, true],
    ["past its day", "MU-O901 until=2026-05-31: agreed", /ended on 2026-05-31/, true],
    ["until no day", "MU-O901 until=2026-02-30: agreed", /no 2026-02-30/, true],
    ["of a misspelt rule", "toy-percentiles-swaped: agreed", /Did you mean toy-percentiles-swapped/, true],
    ["of a rule that may not be suppressed", "MU-E901: agreed", /may not be suppressed/, true],
    ["of this rule", "MU-A110: agreed", /cannot be suppressed/, true],
  ])("%s is reported and hides nothing", (_what, words, message) => {
    const { shown, suppressed } = linted(`deployment:\n  latency: ${wrong} # muster-ignore ${words}\n`);
    expect(suppressed).toEqual([]);
    expect(shown.some((line) => /MU-A110/.test(line) && (message as RegExp).test(line))).toBe(true);
    expect(shown.some((line) => line.includes("MU-O901 P50"))).toBe(true);
  });

  test("of a rule that was not asked is left alone: another preset may need it", () => {
    const body = "deployment:\n  log: {survives: crash, retain: 1d} # muster-ignore toy-no-owner: none yet\n";
    expect(linted(body, "minimal").shown).toEqual([]);
  });

  test("is a comment of YAML: texts that look like one are texts", () => {
    const text = `a: "x # muster-ignore MU-O901: no"\nb: |\n  # muster-ignore MU-O901: no\nc: 1 # muster-ignore MU-O901: yes\nd: x#muster-ignore MU-O901: no\n`;
    expect(ignoreComments(sourceFile("", text)).map(({ reason }) => reason)).toEqual(["yes"]);
    expect(ignoreComments(sourceFile("", "\ufeffa: 1 # muster-ignored MU-O901: no"))).toEqual([]);
  });

  test("knows its place, also behind a byte order mark and with CRLF", () => {
    const text = `\ufeff${head}deployment:\n  latency: ${wrong} # muster-ignore MU-O999: agreed\n`.replaceAll(
      "\n",
      "\r\n",
    );
    const { items } = lintText(text, "m.yaml", { rules: [swapped, unretained], today: "2026-06-01" });
    const at = items.find(({ diagnostic }) => diagnostic.code === "MU-A110")?.diagnostic.at;
    expect(text.slice(at?.start.offset, at?.end.offset)).toBe("# muster-ignore MU-O999: agreed");
  });
});
