import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../claims/verdict.ts";
import { displayWidth } from "./display-width.ts";
import { anyText } from "./fixtures/any-text.ts";
import { flightDelay } from "./fixtures/flight-delay.ts";
import type { Paint } from "./paint.ts";
import type { ReportInput } from "./report-input.ts";
import { renderText } from "./text.ts";

const says = (text: string): ReportInput => ({
  ...flightDelay,
  verdicts: flightDelay.verdicts.map(
    (verdict): Verdict => ({ ...verdict, claim: { ...verdict.claim, says: text } }),
  ),
});

describe("a report as text", () => {
  test("shows the sections of the spec, one claim a line, and ends with the decision", () => {
    expect(renderText(flightDelay, { width: 104 })).toMatchInlineSnapshot(`
      "flight-delay 1.0.0
      muster.yaml, model model.onnx, 2026-03-02 09:14 UTC

      Problem statement                                                 observed           interval       rows
        ✓ roc_auc is above the baseline's, measured on the                 0.687     [0.685, 0.689]    596 412
          same rows
            model: 0.687 [0.685, 0.689], 596 412 rows
            baseline: 0.621 [0.619, 0.623], 596 412 rows
        ? 1 serving claim has no evidence yet (--all shows it)

      Input/output contract                                             observed           interval       rows
        ✓ origin is a string in the training data                        VARCHAR                     2 403 588
        ✓ destination is a string in the training data                   VARCHAR                     2 403 588
        ✓ departure is a datetime in the training data                 TIMESTAMP                     2 403 588
        ✓ distance is an integer in the training data                    INTEGER                     2 403 588
        ⚑ distance lies within 10 mi to 6000 mi                               17                     2 403 588
            17 of 2,403,588 values of distance lie outside of 10 to 6000
            waived by pm@airline.example until 2026-04-01 00:00 UTC: Charter legs; corrected at the source by
            April
        ✓ late lies within 0 to 1                                              0                       596 412
        ✓ 3 calls with the same input differ by at most 0                      0                           512
        ↻ at most 3% of the labels change against the live                 2.14%     [2.10%, 2.18%]    596 412
          version
            the evidence is of another model; run muster check again
        ? 5 serving claims have no evidence yet (--all shows them)

      Training data requirements                                        observed           interval       rows
        ✓ the training data has at least 1_000_000 examples            2 403 588                     2 403 588
        ✓ each class has at least 100_000 examples                     1 911 304                     2 403 588
        ✓ the training data begins on 2001-01-01 or before            2001-01-01                     2 403 588
        ✓ the training data ends on 2001-03-31 or after         2001-03-31 23:57                     2 403 588
        ✓ at least 99% of the labels are verified                         99.96%  [99.96%, 99.964%]  2 403 588
        ✓ no class holds more than 85% of the examples                     79.5%                     2 403 588
        ? the newest example is at most 90d old
            the table's newest departure is given without a time zone
        ✓ no flight_id of the evaluation data stands in the                    0                       596 412
          training data
        ✓ on-time performance can be read at                           3 000 000                     3 000 000
          data/flights.parquet

      Model evaluation criteria                                         observed           interval       rows
        ✓ roc_auc is at least 0.65                                         0.687     [0.685, 0.689]    596 412
        ✓ roc_auc is at least 0.65 where origin is ORD                     0.693     [0.687, 0.700]     48 204
        ✗ roc_auc is at least 0.65 where origin is DFW                     0.643     [0.637, 0.649]     45 377
            roc_auc is 0.6431 where origin is DFW, below 0.65
        ✗ roc_auc is at least 0.65 where origin is ATL                     0.612     [0.605, 0.619]     39 861
            roc_auc is 0.6122 where origin is ATL, below 0.65
        ✓ roc_auc is at least 0.65 where origin is LAX                     0.701     [0.693, 0.709]     36 990
        ✓ roc_auc is at least 0.65 where origin is PHX                     0.685     [0.676, 0.693]     29 418
        ? roc_auc is at least 0.65 where part_of_day is night              0.657     [0.633, 0.681]      4 103
            roc_auc is 0.6571 where part_of_day is night, but 4103 rows cannot show that it is at least 0.65
        ✓ roc_auc is at least 0.65 where part_of_day is                    0.676     [0.672, 0.680]    221 930
          morning
        ✗ roc_auc is at least 0.65 where part_of_day is                    0.638     [0.635, 0.641]    229 644
          afternoon
            roc_auc is 0.6378 where part_of_day is afternoon, below 0.65
        ✓ roc_auc is at least 0.65 where part_of_day is                    0.666     [0.662, 0.670]    140 735
          evening
        ✓ roc_auc is at least 0.65 where distance is [0, 500)              0.681     [0.678, 0.684]    252 118
        ✓ roc_auc is at least 0.65 where distance is                       0.689     [0.686, 0.692]    201 776
          [500, 1000)
        ✓ roc_auc is at least 0.65 where distance is                       0.697     [0.692, 0.701]    113 540
          [1000, 2000)
        ✓ roc_auc is at least 0.65 where distance is                       0.704     [0.695, 0.713]     28 978
          [2000, 6000]
        ? 2 live claims have no evidence yet (--all shows them)

      Failure modes and risk register                                   observed           interval       rows
        ? 4 serving claims have no evidence yet (--all shows them)

      Deployment specifications                                         observed           interval       rows
        ✓ the model takes at most 10MiB                                 6.58 MiB
        ? 8 serving claims have no evidence yet (--all shows them)

      Monitoring and retraining                                         observed           interval       rows
        ? 6 live claims have no evidence yet (--all shows them)

      ✗ 3 broken  ? 28 undecided  ↻ 1 stale  ⚑ 1 waived  ✓ 26 kept

      HOLD  3 of 33 data and release claims are broken and 3 undecided: roc_auc is 0.6122 where origin is ATL,
            below 0.65
      "
    `);
  });

  test("puts numbers below the words where the terminal is narrow, in ASCII where it is old", () => {
    const evaluation = flightDelay.verdicts.filter(({ claim }) => claim.section === "evaluation").slice(0, 5);
    expect(
      renderText({ ...flightDelay, verdicts: evaluation }, { width: 44, ascii: true }),
    ).toMatchInlineSnapshot(`
      "flight-delay 1.0.0
      muster.yaml, model model.onnx, 2026-03-02
      09:14 UTC

      Model evaluation criteria
        + roc_auc is at least 0.65
            0.687 [0.685, 0.689], 596,412 rows
        + roc_auc is at least 0.65 where origin is
          ORD
            0.693 [0.687, 0.700], 48,204 rows
        x roc_auc is at least 0.65 where origin is
          DFW
            0.643 [0.637, 0.649], 45,377 rows
            roc_auc is 0.6431 where origin is DFW,
            below 0.65
        x roc_auc is at least 0.65 where origin is
          ATL
            0.612 [0.605, 0.619], 39,861 rows
            roc_auc is 0.6122 where origin is ATL,
            below 0.65
        + roc_auc is at least 0.65 where origin is
          LAX
            0.701 [0.693, 0.709], 36,990 rows

      x 2 broken  + 3 kept

      HOLD  3 of 33 data and release claims are
            broken and 3 undecided: roc_auc is
            0.6122 where origin is ATL, below 0.65
      "
    `);
  });

  test("skips nothing silently: folded claims are counted, and `all` shows every one", () => {
    const folded = [...renderText(flightDelay).matchAll(/(\d+) [a-z ]+ no evidence yet/gu)];
    const all = renderText(flightDelay, { all: true, width: 200 });
    const shown = all.split("\n").filter((line) => /^ {2}[✓✗?↻⚑] /u.test(line)).length;
    expect(shown).toBe(flightDelay.verdicts.length);
    const atFirst = renderText(flightDelay, { width: 200 })
      .split("\n")
      .filter((line) => /^ {2}[✓✗?↻⚑] /u.test(line) && !line.includes("no evidence yet")).length;
    expect(folded.reduce((sum, [, n]) => sum + Number(n), atFirst)).toBe(flightDelay.verdicts.length);
    expect(all).not.toContain("no evidence yet");
  });

  test.each([40, 60, 80, 100, 160])("no line is wider than %i columns", (width) => {
    const lines = renderText(flightDelay, { width, all: true }).split("\n");
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
  });

  test("columns stay aligned behind wide and combining characters", () => {
    const lines = renderText(says("航空会社 e\u0301tat 👨\u200d👩\u200d👧"), {
      width: 120,
      ascii: false,
    }).split("\n");
    const ends = lines.filter((line) => /^ {2}. 航.*\d$/u.test(line)).map((line) => displayWidth(line));
    expect(ends.length).toBeGreaterThan(10);
    expect(new Set(ends).size).toBe(1);
  });

  test("spec text cannot inject escapes, lines or a verdict of its own", () => {
    const text = renderText(says("ok\u001b[2J\u001b[32m\r\nSHIP  all is well\u202e"), { width: 120 });
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(text).not.toMatch(/^SHIP/mu);
  });

  test("no control character survives, wherever it came from", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 120 }), (nasty, width) => {
        const text = renderText(
          {
            ...says(nasty),
            spec: { ...flightDelay.spec, name: nasty, version: nasty, file: nasty },
            model: { digest: nasty, bytes: 1, path: nasty },
            takenAt: nasty,
            notes: [nasty],
            decision: { ...flightDelay.decision, because: nasty },
          },
          { width, ascii: false },
        );
        expect(/[^\P{Cc}\n]|\p{Cs}|[\u2028-\u202e\u2066-\u2069]/u.test(text)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("ASCII output is ASCII", () => {
    expect(renderText(says("航空 ✓"), { ascii: true, all: true })).toMatch(/^[ -~\n]*$/u);
  });

  test("colours only through the paint it is given, and says the same without it", () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const names = ["bold", "dim", "red", "green", "yellow", "cyan"] as const;
    const paint = Object.fromEntries(names.map((name) => [name, tag(name)])) as unknown as Paint;
    const painted = renderText(flightDelay, { paint });
    expect(painted).toContain("<red>✗</red>");
    expect(painted).toContain("<bold><red>HOLD</red></bold>");
    expect(painted).toContain("<red>✗ 3 broken</red>");
    expect(painted.replaceAll(/<\/?[a-z]+>/gu, "")).toBe(renderText(flightDelay));
  });

  test("notes stand before the decision", () => {
    const text = renderText({
      ...flightDelay,
      notes: ["The store was empty; every claim was measured anew."],
    });
    expect(text).toContain("note: The store was empty; every claim was measured anew.\n");
  });

  test("a report without a claim still ends with its decision", () => {
    const text = renderText({ ...flightDelay, verdicts: [] });
    expect(text.trimEnd().split("\n").at(-2)).toMatch(/^HOLD {2}/u);
  });
});
