import { describe, expect, test } from "vitest";
import { parse } from "./parse.ts";

// Times are bounds on a machine that is busy with other work: they catch what grows faster than its input, and a
// limit that is held too late. The usual times are a tenth of them.

const head = "muster: 1\nname: a\nversion: 1.0.0\n";

function timed(text: string): { codes: readonly string[]; ms: number; last: string } {
  const start = performance.now();
  const { diagnostics } = parse(text, "muster.yaml");
  const ms = performance.now() - start;
  const codes = diagnostics.map(({ code }) => code);
  return { codes, ms, last: diagnostics[diagnostics.length - 1]?.message ?? "" };
}

describe("limits", () => {
  test("a text over 2 Mi characters is not read at all", () => {
    const { codes, ms } = timed(`${head}x: "${"y".repeat(10_000_000)}`);
    expect(codes).toEqual(["MU-A209"]);
    expect(ms).toBeLessThan(1_000);
    expect(timed(`# ${"y".repeat(2 * 1024 * 1024 - 2)}`).codes).toEqual(["MU-A208"]);
  });

  test("nesting over 32 deep is told where it becomes too deep", () => {
    for (const open of ["[", "{a: ", "- ", "? ", "[a: ", ": "]) {
      const { codes, ms } = timed(open.repeat(100_000));
      expect(codes, open).toContain("MU-A210");
      expect(ms, open).toBeLessThan(2_000);
    }
    const { diagnostics } = parse("[".repeat(40), "m.yaml");
    expect(diagnostics[0]?.at?.start.column).toBe(33);
    expect(timed(`${head}owners: ${"[".repeat(31)}${"]".repeat(31)}`).codes).not.toContain("MU-A210");
    expect(timed(`${head}owners: ${"[".repeat(32)}${"]".repeat(32)}`).codes).toContain("MU-A210");
    expect(timed(`${head}owners: ${"[a: ".repeat(16)}${"]".repeat(16)}`).codes).toContain("MU-A210");
  });

  test("more than 100,000 keys and values are refused", () => {
    expect(timed(`${head}owners:\n${"  a: 1\n".repeat(60_000)}`).codes).toEqual(["MU-A211"]);
    expect(timed(`[${"a,".repeat(100_001)}]`).codes).toEqual(["MU-A211"]);
  });

  test("a file of blank lines or comments ends soon", () => {
    expect(timed("\n".repeat(2_000_000)).codes).toEqual(["MU-A211"]);
  });

  test("of 10,000 errors 1,000 are listed, and then how many more there are", () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `deploymnt${index}: 1`).join("\n");
    const { codes, ms, last } = timed(`${head}${keys}\n`);
    expect(codes).toHaveLength(1_001);
    expect(codes[1_000]).toBe("MU-A219");
    expect(last).toBe("There are 9,001 more diagnostics than the 1,000 listed.");
    expect(ms).toBeLessThan(10_000);
    const { diagnostics } = parse(`${head}a: 1\nb: 1\nc: 1\n`, "m.yaml", { mostDiagnostics: 2 });
    expect(diagnostics.map(({ code }) => code)).toEqual(["MU-A220", "MU-A109", "MU-A219"]);
  });

  test("lists are bounded", () => {
    const inputs = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => `    - {name: i${index}, type: float, required: true}`,
      ).join("\n");
    const spec = (count: number) =>
      `${head}contract:\n  inputs:\n${inputs(count)}\n  outputs: [{name: o, type: probability}]\n`;
    expect(timed(spec(2_000)).codes).toEqual(["MU-A220"]);
    expect(timed(spec(2_001)).codes).toContain("MU-A227");
    const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`).join(", ");
    const grouped = (count: number) =>
      `${head}evaluation: {subgroups: [{by: a, values: [${values(count)}]}]}\n`;
    expect(timed(grouped(10_000)).codes).toEqual(["MU-A220"]);
    expect(timed(grouped(10_001)).codes).toContain("MU-A227");
    const risks = (count: number) =>
      `${head}risks:\n${Array.from({ length: count }, (_, index) => `  - {id: r${index}, mode: x, probability: low, impact: {level: low, what: x}, mitigation: x}`).join("\n")}\n`;
    expect(timed(risks(1_000)).codes).toEqual(["MU-A220"]);
    expect(timed(risks(1_001)).codes).toContain("MU-A227");
  });
});
