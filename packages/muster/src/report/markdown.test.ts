import { describe, expect, test } from "vitest";
import type { Verdict } from "../claims/verdict.ts";
import { flightDelay } from "./fixtures/flight-delay.ts";
import { renderMarkdown } from "./markdown.ts";
import { markdownCode, markdownText } from "./markdown-escape.ts";

describe("a report as Markdown", () => {
  test("has what decides first, a table a section, and folds what is kept or not yet tested", () => {
    expect(renderMarkdown(flightDelay)).toMatchInlineSnapshot(`
      "## ❌ HOLD: flight-delay 1.0.0

      3 of 33 data and release claims are broken and 3 undecided: roc\\_auc is 0.6122 where origin is ATL, below 0.65.

      ❌ 3 broken · ❔ 28 undecided · 🔁 1 stale · 🏳️ 1 waived · ✅ 26 kept

      ### Problem statement

      <details><summary>1 kept</summary>

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ✅ kept | roc\\_auc is above the baseline's, measured on the same rows<br><sub>model 0.687, baseline 0.621</sub> | 0.687 | \\[0.685, 0.689\\] | 596 412 |

      </details>

      <details><summary>1 without evidence yet</summary>

      - rebooking-service gets its answer within 50ms (no drill has run)

      </details>

      ### Input/output contract

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | 🏳️ waived | distance lies within 10 mi to 6000 mi<br><sub>17 of 2,403,588 values of distance lie outside of 10 to 6000</sub><br><sub>waived by pm@<!-- -->airline.example until 2026-04-01 00:00 UTC: Charter legs; corrected at the source by April</sub> | 17 |  | 2 403 588 |
      | 🔁 stale | at most 3% of the labels change against the live version<br><sub>the evidence is of another model; run muster check again</sub> | 2.14% | \\[2.10%, 2.18%\\] | 596 412 |

      <details><summary>6 kept</summary>

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ✅ kept | origin is a string in the training data | VARCHAR |  | 2 403 588 |
      | ✅ kept | destination is a string in the training data | VARCHAR |  | 2 403 588 |
      | ✅ kept | departure is a datetime in the training data | TIMESTAMP |  | 2 403 588 |
      | ✅ kept | distance is an integer in the training data | INTEGER |  | 2 403 588 |
      | ✅ kept | late lies within 0 to 1 | 0 |  | 596 412 |
      | ✅ kept | 3 calls with the same input differ by at most 0 | 0 |  | 512 |

      </details>

      <details><summary>5 without evidence yet</summary>

      - a missing distance is answered as if it were 568 (no drill has run)
      - nothing under a confidence of 0.9 is shown to users (no drill has run)
      - a request without a required input is rejected (no drill has run)
      - an input outside of the training data goes to review (no drill has run)
      - a late answer is replaced by the fallback (no drill has run)

      </details>

      ### Training data requirements

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ❔ undecided | the newest example is at most 90d old<br><sub>the table's newest departure is given without a time zone</sub> |  |  |  |

      <details><summary>8 kept</summary>

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ✅ kept | the training data has at least 1\\_000\\_000 examples | 2 403 588 |  | 2 403 588 |
      | ✅ kept | each class has at least 100\\_000 examples<br><sub>late15=0 1 911 304, late15=1 492 284</sub> | 1 911 304 |  | 2 403 588 |
      | ✅ kept | the training data begins on 2001-01-01 or before | 2001-01-01 |  | 2 403 588 |
      | ✅ kept | the training data ends on 2001-03-31 or after | 2001-03-31 23:57 |  | 2 403 588 |
      | ✅ kept | at least 99% of the labels are verified | 99.96% | \\[99.96%, 99.964%\\] | 2 403 588 |
      | ✅ kept | no class holds more than 85% of the examples | 79.5% |  | 2 403 588 |
      | ✅ kept | no flight\\_id of the evaluation data stands in the training data | 0 |  | 596 412 |
      | ✅ kept | on-time performance can be read at data/flights.parquet | 3 000 000 |  | 3 000 000 |

      </details>

      ### Model evaluation criteria

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ❌ broken | roc\\_auc is at least 0.65 where origin is DFW<br><sub>roc\\_auc is 0.6431 where origin is DFW, below 0.65</sub> | 0.643 | \\[0.637, 0.649\\] | 45 377 |
      | ❌ broken | roc\\_auc is at least 0.65 where origin is ATL<br><sub>roc\\_auc is 0.6122 where origin is ATL, below 0.65</sub> | 0.612 | \\[0.605, 0.619\\] | 39 861 |
      | ❔ undecided | roc\\_auc is at least 0.65 where part\\_of\\_day is night<br><sub>roc\\_auc is 0.6571 where part\\_of\\_day is night, but 4103 rows cannot show that it is at least 0.65</sub> | 0.657 | \\[0.633, 0.681\\] | 4 103 |
      | ❌ broken | roc\\_auc is at least 0.65 where part\\_of\\_day is afternoon<br><sub>roc\\_auc is 0.6378 where part\\_of\\_day is afternoon, below 0.65</sub> | 0.638 | \\[0.635, 0.641\\] | 229 644 |

      <details><summary>10 kept</summary>

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ✅ kept | roc\\_auc is at least 0.65 | 0.687 | \\[0.685, 0.689\\] | 596 412 |
      | ✅ kept | roc\\_auc is at least 0.65 where origin is ORD | 0.693 | \\[0.687, 0.700\\] | 48 204 |
      | ✅ kept | roc\\_auc is at least 0.65 where origin is LAX | 0.701 | \\[0.693, 0.709\\] | 36 990 |
      | ✅ kept | roc\\_auc is at least 0.65 where origin is PHX | 0.685 | \\[0.676, 0.693\\] | 29 418 |
      | ✅ kept | roc\\_auc is at least 0.65 where part\\_of\\_day is morning | 0.676 | \\[0.672, 0.680\\] | 221 930 |
      | ✅ kept | roc\\_auc is at least 0.65 where part\\_of\\_day is evening | 0.666 | \\[0.662, 0.670\\] | 140 735 |
      | ✅ kept | roc\\_auc is at least 0.65 where distance is \\[0, 500) | 0.681 | \\[0.678, 0.684\\] | 252 118 |
      | ✅ kept | roc\\_auc is at least 0.65 where distance is \\[500, 1000) | 0.689 | \\[0.686, 0.692\\] | 201 776 |
      | ✅ kept | roc\\_auc is at least 0.65 where distance is \\[1000, 2000) | 0.697 | \\[0.692, 0.701\\] | 113 540 |
      | ✅ kept | roc\\_auc is at least 0.65 where distance is \\[2000, 6000\\] | 0.704 | \\[0.695, 0.713\\] | 28 978 |

      </details>

      <details><summary>2 without evidence yet</summary>

      - recall is watched and alerts below 0.45 (nothing has been served yet)
      - expected\\_calibration\\_error is watched and alerts above 0.03 (nothing has been served yet)

      </details>

      ### Failure modes and risk register

      <details><summary>4 without evidence yet</summary>

      - the controls of false-alarms work when a drill calls on them (no drill has run)
      - the controls of skew work when a drill calls on them (no drill has run)
      - the controls of shift work when a drill calls on them (no drill has run)
      - the controls of adversarial-input work when a drill calls on them (no drill has run)

      </details>

      ### Deployment specifications

      <details><summary>1 kept</summary>

      | | Required | Observed | Interval | Rows |
      |---|---|--:|---|--:|
      | ✅ kept | the model takes at most 10MiB | 6.58 MiB |  |  |

      </details>

      <details><summary>8 without evidence yet</summary>

      - the median answer takes at most 5ms (no drill has run)
      - 99% of the answers take at most 25ms (no drill has run)
      - every answer is there within 50ms (no drill has run)
      - 500/s are answered in time (no drill has run)
      - 1000/s for 10s are survived, and what is too much is shed (no drill has run)
      - one client gets no more than 100/s (no drill has run)
      - a rollback is done within 1m (no drill has run)
      - no answered prediction is lost in a crash (no drill has run)

      </details>

      ### Monitoring and retraining

      <details><summary>6 without evidence yet</summary>

      - roc\\_auc of the last 7d stays above 0.63 (nothing has been served yet)
      - no input drifts by more than a KL divergence of 0.1 in 1d (nothing has been served yet)
      - predictions drift by at most 5% in 7d (nothing has been served yet)
      - p99 of the last 5m is at most 25ms (nothing has been served yet)
      - a silence of 15m is reported (nothing has been served yet)
      - a new model is trained when a trigger fires (nothing has been served yet)

      </details>

      <sub>\`muster.yaml\` \`sha256:d6a1fce2fb38\` · model \`sha256:9372c470eead\` · 2026-03-02 09:14 UTC · Muster 0.1.0 · again: \`muster check muster.yaml --model model.onnx\`</sub>
      "
    `);
  });

  test("spec text stays text: no table cell, tag, link or mention comes out of it", () => {
    const nasty = "a | b <script>x</script> [l](http://evil.example) @octocat #12 `c` **d**\n| fake | row |";
    const verdicts = flightDelay.verdicts.map(
      (verdict): Verdict => ({ ...verdict, claim: { ...verdict.claim, says: nasty } }),
    );
    const text = renderMarkdown({ ...flightDelay, verdicts });
    expect(text).not.toMatch(/<script|@octocat|(?<!\\)\]\(http|^\| fake/mu);
    for (const line of text.split("\n").filter((it) => it.startsWith("| "))) {
      expect(line.split(/(?<!\\)\|/u)).toHaveLength(7);
    }
  });
});

test("what is too long for a comment is counted instead of listed, kept claims first", () => {
  const times = (n: number): string => {
    const verdicts = Array.from({ length: n }, () => flightDelay.verdicts).flat();
    return renderMarkdown({ ...flightDelay, verdicts });
  };
  for (const n of [12, 20, 60]) {
    expect(times(n).length).toBeLessThan(65_536);
    expect(times(n)).toContain(`\n${n * 10} kept\n`);
  }
  expect(times(12)).toContain("<summary>24 without evidence yet</summary>");
  expect(times(60)).toContain("and 220 more that are not kept");
});

test("escaped text shows every character as it is", () => {
  expect(markdownText("roc_auc *is* <b>")).toBe("roc\\_auc \\*is\\* &lt;b&gt;");
  expect(markdownText("[0.1, 0.2]")).toBe("\\[0.1, 0.2\\]");
});

test("a code span outlives backticks inside", () => {
  expect(markdownCode("a``b")).toBe("```a``b```");
  expect(markdownCode("`")).toBe("`` ` ``");
});
