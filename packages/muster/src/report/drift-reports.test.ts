import { describe, expect, test } from "vitest";
import type { ColumnDrift } from "../evaluate/drift/drift.ts";
import { driftHtml } from "./drift-html.ts";
import type { DriftInput } from "./drift-input.ts";
import { driftMarkdown } from "./drift-markdown.ts";
import { driftText } from "./drift-text.ts";
import { statisticText } from "./drift-words.ts";
import { allowedElements, elements } from "./html/fixtures/strict-html.ts";
import { plain } from "./paint.ts";

function column(
  name: string,
  outcome: ColumnDrift["outcome"],
  changes: Partial<ColumnDrift> = {},
): ColumnDrift {
  return {
    column: name,
    kind: "number",
    type: "float",
    rows: [400, 200],
    outcome,
    because: `because of ${name}`,
    drifted: outcome === "drifted",
    kl: 0.2,
    kl_debiased: 0.18,
    kl_upper: 0.25,
    psi: 0.41,
    js: 0.3,
    tv: 0.25,
    p_value: 0,
    p_adjusted: 0,
    cramers_v: 0.3,
    wasserstein: 1,
    wasserstein_iqr: 0.5,
    ks: 0.25,
    distances_from: "values",
    bins: [
      { bin: "< 1.2733282420517364", base: 100, current: 100 },
      { bin: ">= 1.2733282420517364", base: 300, current: 100 },
    ],
    ...changes,
  } as ColumnDrift;
}

function input(columns: readonly ColumnDrift[], skipped: DriftInput["drift"]["skipped"] = []): DriftInput {
  return {
    base: "then.csv",
    current: "now.csv",
    drift: { rows: [400, 200], columns, skipped },
    rule: { threshold: 0.1, alpha: 0.001 },
  };
}

const usual = input(
  [
    column("calm", "steady", { kl_debiased: -0.000_01, p_adjusted: 0.4 }),
    column("few", "undecided", { p_adjusted: 0.02, ks: null }),
    column("moved", "drifted"),
  ],
  [{ column: "gone", because: "the current table lacks it" }],
);

test("a statistic has four decimals, no minus before nothing, and a dash where it is undefined", () => {
  expect([-0.000_01, -0.1, 0, Number.NaN, null].map(statisticText)).toEqual([
    "0.0000",
    "-0.1000",
    "0.0000",
    "-",
    "-",
  ]);
});

test("the text has what drifted first, and says what moved and why something is open", () => {
  const text = driftText(usual, { paint: plain });
  expect(text.split("\n").map((line) => line.split(/\s+/u)[0])).toEqual(
    expect.arrayContaining(["drifted", "undecided", "steady"]),
  );
  expect(text.indexOf("drifted    moved")).toBeLessThan(text.indexOf("undecided  few"));
  expect(text).toContain("moved: < 1.27333: 25.0% -> 50.0%; >= 1.27333: 75.0% -> 50.0%.");
  expect(text).toContain("few: because of few.");
  expect(text).toContain("gone was not compared: the current table lacks it.");
  expect(text).not.toContain("-0.0000");
  expect(text).toContain("<1e-300");
});

describe("Markdown", () => {
  test("shows what is open, and folds what is steady", () => {
    const [before, after] = driftMarkdown(usual).split("<details>");
    expect(before).toMatch(/^### Drift: 1 drifted, 1 undecided, 1 steady\n/u);
    expect(before).toContain("| drifted | `moved` | 0.1800 | 0.4100 | 0.3000 | 0.2500 | &lt;1e-300 |");
    expect(before).toContain(
      "| undecided | `few` | 0.1800 | 0.4100 | 0.3000 | - | 0.0200 | because of few |",
    );
    expect(before).toContain("- `gone` was not compared: the current table lacks it");
    expect(before).not.toContain("calm");
    expect(after).toContain("| steady | `calm` |");
  });

  test("stays below the length of a comment, and says what it leaves out", () => {
    const many = Array.from({ length: 250 }, (_, i) => column(`c${i}`, "drifted"));
    const text = driftMarkdown(input(many));
    expect(text).toContain("And 150 more.");
    expect(text.length).toBeLessThan(65_536);
  });

  test("takes names and values as they are", () => {
    const text = driftMarkdown(
      input([
        column("a|b `c` <b>", "drifted", {
          kind: "category",
          bins: [{ bin: "x|@me <i>", base: 400, current: 200 }],
        }),
      ]),
    );
    const row = text.split("\n").find((line) => line.startsWith("| drifted")) ?? "";
    expect(row.replaceAll("\\|", "").split("|")).toHaveLength(10);
    // Inside of a code span nothing is markup.
    expect(text.replace(/(`+).*?\1/gu, "")).not.toMatch(/<[bi]>|@me/u);
  });
});

describe("the page", () => {
  const page = driftHtml(usual, "1.2.3");

  test("is well-formed, asks the network for nothing and runs nothing", () => {
    expect(elements(page).filter(({ name }) => !allowedElements.has(name))).toEqual([]);
    expect(page).not.toMatch(/https?:|url\(|@import|<script|javascript:|\ssrc=|\sstyle=|\son[a-z]+=/u);
    expect(page).toContain("<title>Drift: 1 drifted, 1 undecided, 1 steady</title>");
    expect(page).toContain("1 of 3 columns drifted");
  });

  test("draws both sides of every bin, as high as their shares", () => {
    const drawn = elements(page).filter(
      ({ name, attributes }) => name === "rect" && attributes.has("x") && attributes.has("y"),
    );
    expect(drawn).toHaveLength(3 * 2 * 2);
    const heights = drawn
      .slice(0, 4)
      .map(({ attributes }) => Number.parseFloat(attributes.get("height") ?? ""));
    expect(heights).toEqual([33.333, 66.667, 100, 66.667]);
  });

  test("is as safe with hostile names, and whole without a column", () => {
    const nasty = `</style><script>alert(1)</script>"'><img src=x onerror=alert(1)> & \u202e\u0000`;
    const hostile = driftHtml(
      {
        ...input(
          [
            column(nasty, "undecided", {
              kind: "category",
              because: nasty,
              bins: [{ bin: nasty, base: 1, current: 0 }],
            }),
          ],
          [{ column: nasty, because: nasty }],
        ),
        base: nasty,
        current: nasty,
      },
      nasty,
    );
    expect(elements(hostile).filter(({ name }) => !allowedElements.has(name))).toEqual([]);
    expect(hostile).not.toMatch(/<script|<img|[\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u);
    expect(() => elements(driftHtml(input([]), "1.2.3"))).not.toThrow();
  });
});
