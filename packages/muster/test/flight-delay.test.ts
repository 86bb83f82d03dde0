import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { muster } from "./fixtures/muster.ts";

interface ClaimJson {
  readonly id: string;
  readonly stage: string;
  readonly outcome: string;
  readonly because?: string;
  readonly evidence: readonly {
    readonly value: number | null;
    readonly interval: readonly [number, number] | null;
    readonly rows: number;
  }[];
}

interface Expected {
  readonly verdict: string;
  readonly failing: readonly string[];
  readonly roc_auc: Readonly<Record<string, readonly [value: number, rows: number]>>;
}

const example = fileURLToPath(new URL("../../../examples/flight-delay", import.meta.url));
const store = mkdtempSync(join(tmpdir(), "muster-flights-"));
afterAll(() => rmSync(store, { recursive: true, force: true }));

// Three million flights: about half a minute, and nothing when the data is there already.
beforeAll(() => {
  execFileSync(process.execPath, [join(example, "build/prepare.js")], { stdio: "ignore" });
}, 600_000);

const expected = (name: string): Expected =>
  JSON.parse(readFileSync(join(example, "expected", `${name}.json`), "utf8")) as Expected;

describe.each(["simple", "recent"])("the %s candidate on three million flights", (name) => {
  let code: number | null;
  let verdict: string;
  let claims: readonly ClaimJson[];

  beforeAll(async () => {
    const model = join("models", `${name}.onnx`);
    const ended = await muster(["check", "--model", model, "--store", store, "--format", "json"], example);
    expect(ended.err).toBe("");
    code = ended.code;
    ({ verdict, claims } = JSON.parse(ended.out) as { verdict: string; claims: ClaimJson[] });
  }, 300_000);

  test("has the verdict that the README tells", () => {
    expect(verdict).toBe(expected(name).verdict);
    expect(code).toBe(verdict === "ship" ? 0 : 1);
  });

  test("is held for exactly the claims that fail", () => {
    const failing = claims.filter(
      (c) => (c.stage === "data" || c.stage === "release") && c.outcome !== "kept",
    );
    expect(failing.map((c) => c.id)).toEqual(expected(name).failing);
  });

  test("has the AUC, in aggregate and in every subgroup, that another implementation measured", () => {
    const measured = claims.filter((c) => c.id.startsWith("evaluation-primary"));
    expect(measured.map((c) => c.id)).toEqual(Object.keys(expected(name).roc_auc));
    for (const c of measured) {
      const [value, rows] = expected(name).roc_auc[c.id] ?? [];
      expect(c.evidence[0]?.rows, c.id).toBe(rows);
      expect(c.evidence[0]?.value, c.id).toBeCloseTo(value ?? Number.NaN, 3);
      const [low, high] = c.evidence[0]?.interval ?? [1, 0];
      expect(low).toBeLessThan(value ?? 0);
      expect(high).toBeGreaterThan(value ?? 1);
    }
  });
});

test("the README shows what check prints for the candidate that is held", async () => {
  const readme = readFileSync(fileURLToPath(new URL("../../../README.md", import.meta.url)), "utf8");
  const [, excerpt = ""] = /^```text\n(.*?)^```$/ms.exec(readme) ?? [];
  const shown = excerpt.split("\n").filter((line) => line !== "" && line !== "  ..");
  expect(shown.length).toBeGreaterThan(10);
  const { out } = await muster(["check", "--model", "models/simple.onnx", "--store", store], example);
  const printed = new Set(out.split("\n").map((line) => line.trimEnd()));
  expect(shown.filter((line) => !printed.has(line))).toEqual([]);
}, 300_000);
