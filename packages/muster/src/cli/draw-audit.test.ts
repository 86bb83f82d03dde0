import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { drawAudit, type SampleOptions } from "./draw-audit.ts";
import type { Terminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const rows = Array.from(
  { length: 1000 },
  (_, i) => `${i},${i % 4 === 0 ? "late" : "on time"},"a ""b"", ${i}"`,
);
writeFileSync(join(folder, "train.csv"), `id,label,note\n${rows.join("\n")}\n`);

const printed: string[] = [];
const terminal = {
  cwd: folder,
  out: (text: string) => printed.push(text),
  err: () => undefined,
  progress: () => undefined,
  done: () => undefined,
  signal: new AbortController().signal,
} as unknown as Terminal;
const options = { key: ["id"], label: "label", size: "50", seed: "7" };
const draw = (output: string, more: Partial<SampleOptions> = {}) =>
  drawAudit("train.csv", { ...options, ...more, output }, terminal);

test("writes the drawn rows with an empty column for reviewers, without the label, and the line for the spec", async () => {
  expect(await draw("audit.csv", { with: ["note"] })).toBe(0);
  const lines = readFileSync(join(folder, "audit.csv"), "utf8").trimEnd().split("\n");
  expect(lines[0]).toBe("draw,seed,id,note,label_by_review");
  expect(lines).toHaveLength(51);
  expect(lines[1]).toMatch(/^1,7,(\d+),"a ""b"", \1",$/);
  // scipy.stats.hypergeom: 944 of 1000 is the fewest under which 50 of 50 are more likely than 5 %.
  expect(printed.join("\n")).toContain("at least 94.40 % of the labels are right");
  expect(printed.join("\n")).toContain(
    'audit: {path: "audit.csv", key: ["id"], seed: 7, size: 50, column: label_by_review}',
  );
  await draw("again.csv", { with: ["note"] });
  expect(readFileSync(join(folder, "again.csv"), "utf8")).toBe(`${lines.join("\n")}\n`);
  await draw("other.csv", { with: ["note"], seed: "8" });
  expect(readFileSync(join(folder, "other.csv"), "utf8")).not.toBe(`${lines.join("\n")}\n`);
});

test("draws from each stratum apart", async () => {
  await draw("strata.csv", { by: "label", showLabel: true, size: "20" });
  const lines = readFileSync(join(folder, "strata.csv"), "utf8").trimEnd().split("\n").slice(1);
  expect(lines.filter((line) => line.includes(",late,"))).toHaveLength(20);
  expect(lines.filter((line) => line.includes(",on time,"))).toHaveLength(20);
});

test("never writes over what people found, and refuses what cannot be drawn", async () => {
  await expect(draw("audit.csv")).rejects.toMatchObject({
    code: "call/bad-argument",
    message: "audit.csv is there already.",
  });
  await expect(draw("x.csv", { size: "0" })).rejects.toMatchObject({ code: "call/bad-argument" });
  await expect(draw("x.csv", { seed: "1.5" })).rejects.toMatchObject({ code: "call/bad-argument" });
  await expect(draw("x.csv", { label: "lable" })).rejects.toMatchObject({ hint: "Did you mean label?" });
});
