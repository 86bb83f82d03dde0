import { describe, expect, test } from "vitest";
import { printed } from "./fixtures/printed.ts";

const head = "muster: 1\nname: a\nversion: 1.0.0\n";

/** What is wrong with lines added to an otherwise fine draft, without the warning about missing sections. */
function wrong(lines: string): string {
  const all = printed(`${head}${lines}\n`).split("\n");
  const kept = all.filter((_, index) => !(all[index - (index % 2)] ?? "").includes("MU-A220"));
  return `\n${kept.join("\n")}\n`;
}

const input = (rest: string) =>
  wrong(`contract:\n  inputs:\n    - {name: a, ${rest}}\n  outputs: [{name: late, type: probability}]`);
const output = (rest: string, more = "") =>
  wrong(
    `contract:\n  inputs: [{name: a, type: float, required: true}]\n  outputs:\n    - {name: late, ${rest}}\n${more}`,
  );

describe("the head", () => {
  test("language, name, version and status", () => {
    expect(
      `\n${printed("muster: 2\nname: Flight Delay\nversion: 1.0\nstatus: activ\nowners: [a]\n")}\n`,
    ).toMatchInlineSnapshot(`
      "
      1:9-1:10 error MU-A217 This Muster reads version 1 of the spec language, found 2.
          Write muster: 1.
      2:7-2:19 error MU-A107 "Flight Delay" cannot be the name of a spec. Did you mean flight-delay?
          Use lower-case letters, digits and - (not at the ends), at most 63 of them.
      3:10-3:13 error MU-A216 Expected a text, found 1.0. Put it in quotes: "1.0".
          Write a text.
      4:9-4:14 error MU-A217 "activ" is not allowed here. Did you mean active?
          Write draft, active or retired.
      4:9-4:14 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      5:9-5:12 error MU-A216 Expected a map of names, found a list.
          Write a map of names.
      "
    `);
  });

  test("missing keys are told at the parent", () => {
    expect(`\n${printed("muster: 1\n")}\n`).toMatchInlineSnapshot(`
      "
      1:1-1:7 error MU-A218 The spec lacks the key "name".
          Add it. For example: flight-delay.
      1:1-1:7 error MU-A218 The spec lacks the key "version".
          Add it. For example: 1.0.0.
      1:1-1:7 warning MU-A220 The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.
          Write what is missing before the spec becomes active.
      "
    `);
  });

  test("unknown keys are told with the nearest known one", () => {
    expect(wrong("deploymnet: {}\ndeployment: {latencey: {p99: 25ms}, x: 1}")).toMatchInlineSnapshot(`
      "
      4:1-4:11 error MU-A109 "deploymnet" is not a key of a spec. Did you mean deployment?
          Known keys are muster, name, version, status, owners, lint, problem, contract, data, evaluation, risk_scale, risks, deployment, monitoring, retraining, evidence.
      5:14-5:22 error MU-A109 "latencey" is not a key of "deployment". Did you mean latency?
          Known keys are latency, retries, throughput, infrastructure, replicas, platform, regions, versioning, rollback, shadow, canary, log.
      5:37-5:38 error MU-A109 "x" is not a key of "deployment".
          Known keys are latency, retries, throughput, infrastructure, replicas, platform, regions, versioning, rollback, shadow, canary, log.
      "
    `);
  });
});

describe("units", () => {
  test("a quantity without its unit, or with a wrong one", () => {
    expect(
      wrong(
        [
          "deployment:",
          "  latency: {p50: 5, p99: 25 msec, timeout: 1h30}",
          "  throughput: {peak: 500, per_client: 100/sec}",
          "  infrastructure: {compute: 2, memory: 1Gb, model_size: 10}",
          "  shadow: {share: 92, max_label_changes: 300%, max_added_p99: true}",
        ].join("\n"),
      ),
    ).toMatchInlineSnapshot(`
      "
      5:18-5:19 error MU-A103 Expected a duration with its unit, such as 5ms; 5 has none.
          Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
      5:26-5:33 error MU-A103 "msec" is not a unit of time. Did you mean 25ms?
          Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
      5:44-5:48 error MU-A103 "1h30" is not a duration.
          Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
      6:22-6:25 error MU-A103 Expected a rate with its unit, such as 500/s; 500 has none.
          Write how many a second (500/s), minute (30/m), hour (10_000/h) or day (5/d).
      6:39-6:46 error MU-A103 "sec" is not the unit of a rate. Did you mean 100/s?
          Write how many a second (500/s), minute (30/m), hour (10_000/h) or day (5/d).
      7:29-7:30 error MU-A103 Expected a number with its unit, such as 2 vCPU; 2 has none.
          Write a number and vCPU, as in 2 vCPU.
      7:40-7:43 error MU-A103 "Gb" is not a unit of size. Did you mean 1GiB (powers of 1024) or 1GB (powers of 1000)?
          Units are B, kB, MB, GB, TB (powers of 1000) and KiB, MiB, GiB, TiB (powers of 1024), as in 10MiB.
      7:57-7:59 error MU-A103 Expected a size with its unit, such as 10MiB; 10 has none.
          Units are B, kB, MB, GB, TB (powers of 1000) and KiB, MiB, GiB, TiB (powers of 1024), as in 10MiB.
      8:19-8:21 error MU-A103 Expected a share; 92 lies outside of 0 to 1. Did you mean 92%?
          Write a percentage such as 3%, or its fraction, 0.03.
      8:42-8:46 error MU-A224 300% is not a share: it lies outside of 0% to 100%.
          Write a percentage such as 3%, or its fraction, 0.03.
      8:63-8:67 error MU-A216 Expected a duration such as 25ms, found true.
          Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
      "
    `);
  });

  test("a percentage where a metric's number is due", () => {
    expect(wrong("evaluation: {primary: {metric: f1, at_least: 85%}}")).toMatchInlineSnapshot(`
      "
      4:46-4:49 error MU-A103 "85%" is a percentage where a plain number is due.
          Write the number in the unit of what it is compared with, such as 0.85.
      "
    `);
  });

  test("a latency alert needs its unit, too", () => {
    expect(wrong("monitoring: {latency: {metric: p99, alert_above: 25, window: 5m}}")).toMatchInlineSnapshot(`
      "
      4:50-4:52 error MU-A103 Expected a duration with its unit, such as 25ms; 25 has none.
          Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
      "
    `);
  });
});

describe("inputs", () => {
  test("types and flags", () => {
    expect(input("type: int, required: yes")).toMatchInlineSnapshot(`
      "
      6:23-6:26 error MU-A217 "int" is not allowed here.
          Write string, integer, float, boolean, datetime, text, image or json.
      6:38-6:41 error MU-A216 Expected true or false, found "yes". Did you mean true?
          Write true or false.
      "
    `);
    expect(input("type: float")).toMatchInlineSnapshot(`
      "
      6:8-6:12 error MU-A218 Element 1 of "inputs" lacks the key "required".
          Add it. For example: true.
      "
    `);
  });

  test("ranges", () => {
    expect(input("type: float, required: true, range: [5, 1]")).toMatchInlineSnapshot(`
      "
      6:53-6:59 error MU-A225 The low end of this range, 5, is not below its high end, 1.
          Write [1, 5].
      "
    `);
    expect(input("type: float, required: true, range: [1, 1]")).toMatchInlineSnapshot(`
      "
      6:53-6:59 error MU-A225 The low end of this range, 1, is not below its high end, 1.
          Write two different ends.
      "
    `);
    expect(input("type: float, required: true, range: [1]")).toMatchInlineSnapshot(`
      "
      6:53-6:56 error MU-A227 This list has 1 entry; it has to have exactly 2.
          Write [low, high].
      "
    `);
    expect(input("type: float, required: true, range: [1, 2, 3]")).toMatchInlineSnapshot(`
      "
      6:53-6:62 error MU-A227 This list has 3 entries; it has to have exactly 2.
          Write [low, high].
      "
    `);
    expect(input("type: float, required: true, range: [0, .inf]")).toMatchInlineSnapshot(`
      "
      6:57-6:61 error MU-A221 Infinity is not a finite number.
          Write a finite number.
      "
    `);
    expect(input("type: string, required: true, range: [0, 1]")).toMatchInlineSnapshot(`
      "
      6:47-6:52 error MU-A228 An input of type string has no range.
          Give the allowed values under values, or make the type integer or float.
      "
    `);
  });

  test("values", () => {
    expect(input("type: string, required: true, values: profil")).toMatchInlineSnapshot(`
      "
      6:55-6:61 error MU-A217 "profil" is not allowed here. Did you mean profile?
          Write profile.
      "
    `);
    expect(input("type: integer, required: true, values: [1, 2.5, x, 1]")).toMatchInlineSnapshot(`
      "
      6:60-6:63 error MU-A228 2.5 is not a whole number, which an input of type integer has to be.
          Change the value, or the type of the input.
      6:65-6:66 error MU-A228 "x" is not a whole number, which an input of type integer has to be.
          Change the value, or the type of the input.
      6:68-6:69 error MU-A223 The value 1 stands here for the second time. [first written here: 6:57]
          Delete or rename one of the two.
      "
    `);
    expect(input("type: string, required: true, values: [ORD, 10, [a], .nan]")).toMatchInlineSnapshot(`
      "
      6:61-6:63 error MU-A228 10 is not a text (put it in quotes), which an input of type string has to be.
          Change the value, or the type of the input.
      6:65-6:68 error MU-A216 Expected one value, found a list.
          Write a text, a number, true or false.
      6:70-6:74 error MU-A221 NaN is not a finite number.
          Write a finite number.
      "
    `);
    expect(input("type: integer, required: true, values: [12345678901234567890]")).toMatchInlineSnapshot(`
      "
      6:57-6:77 error MU-A235 12345678901234567890 is too large to be kept exactly as a number.
          Put an identifier in quotes; numbers go up to 9_007_199_254_740_991.
      "
    `);
  });

  test("defaults", () => {
    expect(
      input("type: integer, required: false, range: [0, 10], missing: {default: 11}"),
    ).toMatchInlineSnapshot(`
      "
      6:84-6:86 error MU-I102 The default 11 lies outside of the input's range, 0 to 10.
          A stand-in has to be a value that the input itself allows.
      "
    `);
    expect(input("type: integer, required: false, missing: {default: 1.5}")).toMatchInlineSnapshot(`
      "
      6:68-6:71 error MU-I102 The default 1.5 is not a whole number, which an input of type integer has to be.
          A stand-in has to be a value that the input itself allows.
      "
    `);
    expect(
      input("type: string, required: false, values: [a, b], missing: {default: c}"),
    ).toMatchInlineSnapshot(`
      "
      6:83-6:84 error MU-I102 The default "c" is not among the input's values.
          A stand-in has to be a value that the input itself allows.
      "
    `);
    expect(input("type: datetime, required: false, missing: {default: 2001-02-30}")).toMatchInlineSnapshot(`
      "
      6:69-6:79 error MU-I102 The default "2001-02-30" is not a datetime such as 2001-01-31T06:00:00Z, which an input of type datetime has to be.
          A stand-in has to be a value that the input itself allows.
      "
    `);
    expect(input("type: boolean, required: false, missing: {default: no}")).toMatchInlineSnapshot(`
      "
      6:68-6:70 error MU-I102 The default "no" is not true or false, which an input of type boolean has to be.
          A stand-in has to be a value that the input itself allows.
      "
    `);
    expect(input("type: integer, required: false, missing: rejct")).toMatchInlineSnapshot(`
      "
      6:58-6:63 error MU-A217 "rejct" is not allowed here. Did you mean reject?
          Write null, reject or {default: ..}.
      "
    `);
    expect(input("type: integer, required: false, missing: {defualt: 1}")).toMatchInlineSnapshot(`
      "
      6:59-6:66 error MU-A109 "defualt" is not a key of "missing". Did you mean default?
          Known keys are default.
      "
    `);
  });

  test("names", () => {
    expect(
      wrong(
        "contract:\n  inputs:\n    - {name: arrival delay, type: float, required: true}\n    - {name: __proto__, type: float, required: true}\n    - {name: b, type: float, required: true}\n    - {name: b, type: float, required: true}\n  outputs: []",
      ),
    ).toMatchInlineSnapshot(`
      "
      6:14-6:27 error MU-A222 "arrival delay" cannot be a name.
          Use letters, digits, _ . and -, at most 128 of them.
      7:14-7:23 error MU-A214 "__proto__" cannot be a name.
          Choose another: JavaScript gives this one a meaning.
      9:14-9:15 error MU-A223 The input "b" stands here for the second time. [first written here: 8:14]
          Delete or rename one of the two.
      10:12-10:14 error MU-A227 This list has 0 entries; it has to have at least 1.
          Fill it, or delete the key.
      "
    `);
  });
});

describe("outputs and fallback", () => {
  test("thresholds lie within the range", () => {
    expect(
      output("type: probability, decide: {at: 1.5, positive: a, negative: a}, surface_above: 90"),
    ).toMatchInlineSnapshot(`
      "
      7:52-7:55 error MU-A224 1.5 lies outside of the output's range, 0 to 1.
          It would be never or always reached: change it, or the range.
      7:80-7:81 error MU-A223 Both sides of the threshold are called "a". [the other side: 7:67]
          Give the two sides different names.
      7:99-7:101 error MU-A224 90 lies outside of the output's range, 0 to 1.
          It would be never or always reached: change it, or the range.
      "
    `);
    expect(
      output("type: score, range: [0, 10], decide: {at: 11, positive: a, negative: b}"),
    ).toMatchInlineSnapshot(`
      "
      7:62-7:64 error MU-A224 11 lies outside of the output's range, 0 to 10.
          It would be never or always reached: change it, or the range.
      "
    `);
    expect(output("type: probability, range: [0, 100]")).toMatchInlineSnapshot(`
      "
      7:46-7:54 error MU-A228 A probability lies within 0 and 1, not within 0 and 100.
          Make the range lie within [0, 1], or the type score.
      "
    `);
    expect(
      output("type: label, range: [0, 1], decide: {at: 0.5, positive: a, negative: b}"),
    ).toMatchInlineSnapshot(`
      "
      7:33-7:38 error MU-A228 An output of type label has no range.
          Give the possible labels under values.
      7:48-7:54 error MU-A228 An output of type label has no threshold to decide at.
          Only probability, score and number have one.
      "
    `);
  });

  test("exactly one kind of fallback, for outputs that exist and values they can have", () => {
    expect(output("type: probability", "  fallback: {}")).toMatchInlineSnapshot(`
      "
      8:3-8:11 error MU-A226 One of constant, version or rule is missing.
          Add constant, version or rule.
      "
    `);
    expect(output("type: probability", "  fallback: {rule: x, version: r1}")).toMatchInlineSnapshot(`
      "
      8:14-8:18 error MU-A226 Only one of constant, version or rule may be given, found version and rule. [the other one: 8:32]
          Keep the one that is meant.
      "
    `);
    expect(output("type: probability", "  fallback: {constant: {lat: 0.2}}")).toMatchInlineSnapshot(`
      "
      8:25-8:28 error MU-A104 "lat" is not an output. Did you mean late?
          Defined are late.
      "
    `);
    expect(output("type: probability", "  fallback: {constant: {late: 1.2}}")).toMatchInlineSnapshot(`
      "
      8:31-8:34 error MU-A228 The constant 1.2 is not a number from 0 to 1, which an output of type probability has to be.
          A caller has to be able to read the fallback as it reads the model's answer.
      "
    `);
    expect(output("type: label, values: [a, b]", "  fallback: {constant: {late: c}}")).toMatchInlineSnapshot(`
      "
      8:31-8:32 error MU-A228 The constant "c" is not among the output's values.
          A caller has to be able to read the fallback as it reads the model's answer.
      "
    `);
  });
});

describe("data", () => {
  test("days, shares and counts", () => {
    expect(
      wrong(
        [
          "data:",
          "  requirements:",
          "    dates: {from: 2001-02-30, to: 31.03.2001}",
          "    examples: {total: 1.5, per_class: 10k}",
          "    label_quality: {verified: 99}",
          "    class_balance: {max_share: 0%}",
          "    no_leakage: {keys: []}",
        ].join("\n"),
      ),
    ).toMatchInlineSnapshot(`
      "
      6:19-6:29 error MU-A229 The calendar has no 2001-02-30: that month has 28 days.
          Write a day as year-month-day, as in 2001-01-31.
      6:35-6:45 error MU-A229 "31.03.2001" is not a day.
          Write a day as year-month-day, as in 2001-01-31.
      7:23-7:26 error MU-A224 1.5 is not a whole number.
          Write a whole number; digits may be grouped, as in 1_000_000.
      7:39-7:42 error MU-A103 Expected a number without a unit, found "10k". Did you mean 10_000?
          Write a whole number; digits may be grouped, as in 1_000_000.
      8:31-8:33 error MU-A103 Expected a share; 99 lies outside of 0 to 1. Did you mean 99%?
          Write a percentage such as 3%, or its fraction, 0.03.
      9:32-9:34 error MU-A224 0% is too small: it has to be more than 0%.
          Write a larger share.
      10:24-10:26 error MU-A227 This list has 0 entries; it has to have at least 1.
          Fill it, or delete the key.
      "
    `);
    expect(wrong("data: {requirements: {dates: {from: 2001-03-31, to: 2001-01-01}}}")).toMatchInlineSnapshot(`
      "
      4:53-4:63 error MU-A225 The last day, 2001-01-01, lies before the first one, 2001-03-31. [the first day: 4:37]
          Exchange the two days, or correct one.
      "
    `);
  });

  test("sources with one name", () => {
    expect(wrong("data: {sources: [{name: a}, {name: b}, {name: a}]}")).toMatchInlineSnapshot(`
      "
      4:47-4:48 error MU-A223 The source "a" stands here for the second time. [first written here: 4:25]
          Delete or rename one of the two.
      "
    `);
  });
});

describe("evaluation", () => {
  test("exactly one threshold", () => {
    expect(wrong("evaluation: {primary: {metric: f1}}")).toMatchInlineSnapshot(`
      "
      4:14-4:21 error MU-A226 One of at_least or at_most is missing.
          Add at_least or at_most.
      "
    `);
    expect(wrong("evaluation: {primary: {metric: f1, at_least: 1, at_most: 2}}")).toMatchInlineSnapshot(`
      "
      4:49-4:56 error MU-A226 Only one of at_least or at_most may be given, found at_least and at_most. [the other one: 4:46]
          Keep the one that is meant.
      "
    `);
    expect(
      wrong("evaluation: {secondary: [{metric: f1}, {metric: b, alert_below: 2, alert_above: 1}]}"),
    ).toMatchInlineSnapshot(`
      "
      4:26-4:38 error MU-A226 Neither alert_below nor alert_above is given.
          Add alert_below or alert_above.
      4:81-4:82 error MU-A225 With alerts below 2 and above 1, every value alerts. [the lower limit: 4:65]
          alert_below has to be less than alert_above.
      "
    `);
  });

  test("confidence", () => {
    expect(wrong("evaluation: {confidence: 100%}")).toMatchInlineSnapshot(`
      "
      4:26-4:30 error MU-A224 100% is too large: it has to be less than 100%.
          Write a smaller share.
      "
    `);
    expect(wrong("evaluation: {confidence: 95}")).toMatchInlineSnapshot(`
      "
      4:26-4:28 error MU-A103 Expected a share; 95 lies outside of 0 to 1. Did you mean 95%?
          Write a percentage such as 3%, or its fraction, 0.03.
      "
    `);
  });

  test("subgroups", () => {
    expect(
      wrong(
        [
          "evaluation:",
          "  subgroups:",
          "    - {by: a, bins: [0]}",
          "    - {by: a, bins: [0, 2, 1, 1]}",
          "    - {by: b, values: [x, y, x]}",
          "    - {by: c, values: [x], bins: [0, 1]}",
          "    - {by: d, hours: {night: [0, 6], day: [5, 25], none: [7, 7], half: [8.5, 9], late: [22, 20]}}",
        ].join("\n"),
      ),
    ).toMatchInlineSnapshot(`
      "
      6:21-6:24 error MU-A227 This list has 1 entry; it has to have at least 2.
          Fill it, or delete the key.
      7:12-7:13 error MU-A223 The subgroup "a" stands here for the second time. [first written here: 6:12]
          Delete or rename one of the two.
      7:28-7:29 error MU-A225 The edges have to rise: 1 follows 2.
          Sort the edges, and write each once.
      7:31-7:32 error MU-A225 The edges have to rise: 1 follows 1.
          Sort the edges, and write each once.
      8:30-8:31 error MU-A223 The value "x" stands here for the second time. [first written here: 8:24]
          Delete or rename one of the two.
      9:28-9:32 error MU-A226 A subgroup has one of values, hours or bins, found values and bins. [the other one: 9:23]
          Write a second subgroup for the other one.
      10:47-10:49 error MU-A224 25 is too large: the most is 24.
          Write a smaller number.
      10:58-10:64 error MU-A225 The hours do not rise: 7 to 7.
          For hours around midnight write two groups, one until 24 and one from 0.
      10:72-10:80 error MU-A224 Only full hours can be written.
          Write hours from 0 to 24.
      10:88-10:96 error MU-A225 The hours do not rise: 22 to 20.
          For hours around midnight write two groups, one until 24 and one from 0.
      "
    `);
  });
});

describe("risks, deployment, monitoring and retraining", () => {
  test("risks", () => {
    expect(
      wrong(
        [
          "risks:",
          "  - {id: a, mode: x, probability: hihg, impact: {level: high, what: x}, mitigation: x, controls: [a..b]}",
          "  - {id: a, mode: x, probability: high, impact: bad, mitigation: ''}",
        ].join("\n"),
      ),
    ).toMatchInlineSnapshot(`
      "
      5:35-5:39 error MU-A217 "hihg" is not allowed here. Did you mean high?
          Write low, medium or high.
      5:99-5:103 error MU-A222 "a..b" is not a path in the spec.
          Write keys and names with dots between them, as in contract.outputs.late.surface_above; * stands for every entry.
      6:10-6:11 error MU-A223 The risk "a" stands here for the second time. [first written here: 5:10]
          Delete or rename one of the two.
      6:49-6:52 error MU-A216 Expected a map of keys, found "bad".
          Write a map with keys of level, what.
      6:66-6:68 error MU-A233 The text is empty.
          Write it, or delete the key.
      "
    `);
  });

  test("deployment", () => {
    expect(
      wrong(
        "deployment: {versioning: {keep: 0}, rollback: {within: 0s}, canary: {steps: [50%, 10%, 10%]}, log: {survives: all}}",
      ),
    ).toMatchInlineSnapshot(`
      "
      4:33-4:34 error MU-A224 0 is too small: the least is 1.
          Write a whole number; digits may be grouped, as in 1_000_000.
      4:56-4:58 error MU-A224 This duration has to be longer than nothing.
          Write a duration such as 1m.
      4:83-4:86 error MU-A225 The steps have to rise.
          Sort the steps, and write each once.
      4:88-4:91 error MU-A225 The steps have to rise.
          Sort the steps, and write each once.
      4:111-4:114 error MU-A217 "all" is not allowed here.
          Write crash or power_loss.
      "
    `);
  });

  test("monitoring", () => {
    expect(
      wrong(
        "monitoring: {performance: {metric: primary, window: 7d}, notify: {ml: [{webhook: ml-channel}], a b: []}}",
      ),
    ).toMatchInlineSnapshot(`
      "
      4:14-4:25 error MU-A226 Neither alert_below nor alert_above is given.
          Add alert_below or alert_above.
      4:82-4:92 error MU-A231 "ml-channel" is not a web address.
          Write an https:// address, or \${NAME} to read it from the environment.
      4:96-4:99 error MU-A222 "a b" cannot be a name.
          Use letters, digits, _ . and -, at most 128 of them.
      4:101-4:103 error MU-A227 This list has 0 entries; it has to have at least 1.
          Fill it, or delete the key.
      "
    `);
  });

  test("retraining", () => {
    expect(
      wrong(
        'retraining: {triggers: {drift: input_drif, performance: yes, schedule: "0 24 * *"}, approvers: [ml, ml]}',
      ),
    ).toMatchInlineSnapshot(`
      "
      4:32-4:42 error MU-A217 "input_drif" is not allowed here. Did you mean input_drift?
          Write input_drift or prediction_drift.
      4:57-4:60 error MU-A216 Expected true or false, found "yes". Did you mean true?
          Write true or false.
      4:72-4:82 error MU-A230 A schedule has five fields, "0 24 * *" has 4.
          Write minute, hour, day of month, month and day of week, as in "0 3 1 * *": at 03:00 on the first of each month.
      4:101-4:103 error MU-A223 The approver "ml" stands here for the second time. [first written here: 4:97]
          Delete or rename one of the two.
      "
    `);
    expect(wrong('retraining: {triggers: {schedule: "0 24 1 * *"}}')).toMatchInlineSnapshot(`
      "
      4:35-4:47 error MU-A230 "24" cannot be the hour (0 to 23).
          Write minute, hour, day of month, month and day of week, as in "0 3 1 * *": at 03:00 on the first of each month.
      "
    `);
  });
});

test("a value of the wrong kind says what is due", () => {
  expect(
    wrong("problem: x\ncontract: [1]\ndata: {training: a.parquet}\nrisks: {a: 1}"),
  ).toMatchInlineSnapshot(`
    "
    4:10-4:11 error MU-A216 Expected a map of keys, found "x".
        Write a map with keys of statement, decision, goal, regulated, output, baseline, consumers.
    5:11-5:14 error MU-A216 Expected a map of keys, found a list.
        Write a map with keys of inputs, outputs, edge_cases, fallback, cache, review, variance.
    6:18-6:27 error MU-A216 Expected a map of keys, found "a.parquet".
        Write a map with keys of path, rename, unit_id.
    7:8-7:14 error MU-A216 Expected a list, found a map.
        Write a list.
    "
  `);
  expect(wrong("data: {label: {column: 5, positive: [1]}}")).toMatchInlineSnapshot(`
    "
    4:24-4:25 error MU-A216 Expected a text, found 5. Put it in quotes: "5".
        Write a text.
    4:37-4:40 error MU-A216 Expected one value, found a list.
        Write a text, a number, true or false.
    "
  `);
});

test("mistakes of all sections are reported together, in the order of the file", () => {
  expect(
    wrong(
      "deployment: {rollback: {within: 5}}\nevaluation: {primary: {metric: f1}}\ncontract: {inputs: [], outputs: []}",
    ),
  ).toMatchInlineSnapshot(`
    "
    4:33-4:34 error MU-A103 Expected a duration with its unit, such as 5ms; 5 has none.
        Units are ms, s, m (minutes), h, d and w, as in 5ms, 10s, 1h30m or 90d.
    5:14-5:21 error MU-A226 One of at_least or at_most is missing.
        Add at_least or at_most.
    6:20-6:22 error MU-A227 This list has 0 entries; it has to have at least 1.
        Fill it, or delete the key.
    6:33-6:35 error MU-A227 This list has 0 entries; it has to have at least 1.
        Fill it, or delete the key.
    "
  `);
});
