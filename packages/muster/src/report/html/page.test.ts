import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../claims/verdict.ts";
import { gate } from "../../gate/gate.ts";
import { anyText } from "../fixtures/any-text.ts";
import { flightDelay } from "../fixtures/flight-delay.ts";
import type { ReportInput } from "../report-input.ts";
import { allowedElements, elements } from "./fixtures/strict-html.ts";
import { renderHtml } from "./page.ts";

function everywhere(text: string): ReportInput {
  const verdicts = flightDelay.verdicts.map(
    (verdict): Verdict => ({
      ...verdict,
      claim: {
        ...verdict.claim,
        says: text,
        path: `evaluation.primary[${text}]`,
        at: { ...verdict.claim.at, file: text },
      },
      outcome: verdict.outcome.kind === "kept" ? verdict.outcome : { ...verdict.outcome, because: text },
      observations: verdict.observations.map((observation) => ({
        ...observation,
        label: `by=${text}`,
        text,
      })),
      evidence:
        verdict.evidence === null
          ? null
          : {
              ...verdict.evidence,
              query: text,
              check: text,
              takenAt: text,
              dataDigest: text,
              modelDigest: text,
            },
      waiver: verdict.waiver === null ? null : { ...verdict.waiver, by: text, reason: text, expiresAt: text },
    }),
  );
  return {
    spec: {
      name: text,
      version: text,
      status: text,
      digest: text,
      file: text,
      statement: text,
      owners: { [text]: text },
    },
    source: flightDelay.source.replaceAll(/^.*$/gmu, () => text),
    model: { digest: text, bytes: 1, path: text },
    decision: {
      ...gate(
        verdicts.map(({ claim }) => claim),
        verdicts,
      ),
      because: text,
    },
    verdicts,
    takenAt: text,
    command: text,
    muster: text,
    notes: [text],
  };
}

describe("the page", () => {
  const page = renderHtml(flightDelay);
  const all = elements(page);

  test("is well-formed, in the few elements that it needs", () => {
    expect(all.filter(({ name }) => !allowedElements.has(name))).toEqual([]);
  });

  test("says what it is in its language, title and headings", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/u);
    expect(page).toContain("<title>Hold: flight-delay 1.0.0</title>");
    const levels = all.filter(({ name }) => /^h[1-6]$/u.test(name)).map(({ name }) => Number(name[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test("asks the network for nothing and runs nothing", () => {
    expect(page).not.toMatch(/https?:|url\(|@import|<script|javascript:|\ssrc=|\sstyle=|\son[a-z]+=/u);
    for (const { name, attributes } of all.filter((it) => it.attributes.has("href"))) {
      expect([name, attributes.get("href")?.[0]]).toEqual(["a", "#"]);
    }
  });

  test("allows its own style sheet alone, by its hash", () => {
    const [, css = ""] = /<style>([^<]*)<\/style>/u.exec(page) ?? [];
    const hash = createHash("sha256").update(css).digest("base64");
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
  });

  test("every link has its target and no id stands twice", () => {
    const ids = all.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all.flatMap(({ attributes }) => attributes.get("href")?.slice(1) ?? []);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test("has every claim once, and all seven sections", () => {
    const ids = all.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(ids.filter((id) => id.startsWith("claim-"))).toEqual(
      flightDelay.verdicts.map(({ claim }) => `claim-${claim.id}`),
    );
    expect(ids.filter((id) => id.startsWith("section-"))).toHaveLength(7);
  });

  test("every drawing has words or stands beside them", () => {
    const outer = all.filter(({ name, attributes }) => name === "svg" && attributes.has("role"));
    expect(outer.length).toBeGreaterThan(10);
    for (const { attributes } of outer)
      expect(attributes.get("aria-label")).toMatch(/required at (?:least|most)/u);
  });

  test("shows a query once and points to it from the other claims that ran it", () => {
    expect(page.split("group by grouping sets")).toHaveLength(2);
    expect(page).toContain("Query: the same as for");
  });

  test("draws the primary metric with its threshold, its baseline and a mark for each group", () => {
    const [, plot = ""] = /<section class="forest"(.*?)<\/section>/su.exec(page) ?? [];
    expect(plot.match(/<th scope="row">/gu)).toHaveLength(14);
    expect(plot.match(/<th scope="rowgroup">/gu)).toHaveLength(3);
    expect(plot).toContain("Required: at least 0.65");
    expect(plot).toContain("Baseline: 0.621");
    expect(plot.match(/is-broken"><path/gu)?.length).toBe(3);
  });
});

describe("untrusted text", () => {
  const nasty = `</style></title><script>alert(1)</script>"'><img src=x onerror=alert(1)> & &lt; \u202eevil\u2066 \u001b[31m`;

  test("never becomes markup, wherever it stands", () => {
    const page = renderHtml(everywhere(nasty));
    const all = elements(page);
    expect(all.filter(({ name }) => !allowedElements.has(name))).toEqual([]);
    expect(page).not.toMatch(/<script|<img/u);
    for (const { attributes } of all) {
      for (const key of attributes.keys()) expect(key).not.toMatch(/^on|^style$|^src$/u);
    }
  });

  test("cannot turn what stands around it: bidi characters are gone, in a quote shown by code", () => {
    const page = renderHtml(everywhere(nasty));
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n]/u);
    expect(page).toContain("⟨U+202E⟩");
  });

  test("of any kind gives a well-formed page without a control character", () => {
    const piece = fc.oneof(
      anyText,
      fc.constantFrom(
        "<",
        ">",
        '"',
        "'",
        "&",
        "</bdi>",
        "<!--",
        "${",
        "]]>",
        "\u0000",
        "\u202e",
        "=",
        ".",
        "%",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (parts) => {
        const page = renderHtml(everywhere(parts.join("")));
        elements(page);
        expect(/[^\P{Cc}\n]|\p{Cs}/u.test(page)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("unusual reports", () => {
  test("a page without a claim or a model is whole and holds", () => {
    const page = renderHtml({ ...flightDelay, verdicts: [], model: null, decision: gate([], []) });
    expect(() => elements(page)).not.toThrow();
    expect(page.match(/This section makes no claim/gu)).toHaveLength(7);
    expect(page).toContain("no claims is no permission");
  });

  test("a claim that nobody judged is listed among what stands in the way, without a dead link", () => {
    const { verdicts } = flightDelay;
    const page = renderHtml({
      ...flightDelay,
      verdicts: verdicts.slice(1),
      decision: gate(
        verdicts.map(({ claim }) => claim),
        verdicts.slice(1),
      ),
    });
    expect(page).toContain("no verdict was given");
    expect(page).not.toContain('href="#claim-problem-baseline"');
  });

  test("numbers that are none draw nothing and break nothing", () => {
    const verdicts = flightDelay.verdicts.map(
      (verdict): Verdict => ({
        ...verdict,
        observations: verdict.observations.map((observation) => ({
          ...observation,
          value: Number.NaN,
          interval: [-Infinity, Infinity],
        })),
      }),
    );
    const page = renderHtml({ ...flightDelay, verdicts });
    expect(() => elements(page)).not.toThrow();
    expect(page).not.toMatch(/="[^"]*(?:NaN|Infinity)[^"]*"/u);
  });
});
