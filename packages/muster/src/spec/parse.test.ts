import { describe, expect, test } from "vitest";
import { flightDelay } from "./fixtures/read-fixture.ts";
import { parse } from "./parse.ts";

const at = (text: string, needle: string, from = 0) => text.indexOf(needle, from);
const cut = (text: string, path: readonly (string | number)[], kind: "at" | "keyAt" = "at") => {
  const { start, end } = parse(text, "m.yaml").places[kind](path);
  return text.slice(start.offset, end.offset);
};

describe("the example", () => {
  const { spec, diagnostics, digest } = parse(flightDelay, "muster.yaml");

  test("is a spec without a finding", () => {
    expect(diagnostics).toEqual([]);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("is read with all quantities in their base units", () => {
    expect(spec?.problem?.consumers?.[0]?.budget).toEqual({ kind: "duration", ms: 50, text: "50ms" });
    expect(spec?.contract?.inputs[3]).toEqual({
      name: "distance",
      type: "integer",
      source: "routes.distance",
      unit: "mi",
      required: false,
      range: [10, 6000],
      missing: { default: 568 },
      preprocessing: ["log1p", "standardize"],
    });
    expect(spec?.contract?.inputs[0]?.values).toBe("profile");
    expect(spec?.contract?.outputs[0]?.decide).toEqual({ at: 0.3, positive: "late", negative: "on_time" });
    expect(spec?.contract?.fallback?.constant).toEqual({ late: 0.205 });
    expect(spec?.contract?.variance?.between_versions?.max_label_changes?.value).toBe(0.03);
    expect(spec?.data?.requirements?.examples?.total).toEqual({
      kind: "count",
      value: 1_000_000,
      unit: null,
      text: "1_000_000",
    });
    expect(spec?.data?.requirements?.dates?.from.startMs).toBe(Date.UTC(2001, 0, 1));
    expect(spec?.data?.label?.positive).toBe(1);
    expect(spec?.evaluation?.confidence).toEqual({ kind: "share", value: 0.95, text: "95%" });
    expect(spec?.evaluation?.subgroups?.[1]?.hours).toEqual({
      night: [0, 6],
      morning: [6, 12],
      afternoon: [12, 18],
      evening: [18, 24],
    });
    expect(spec?.risks?.map(({ id }) => id)).toEqual(["false-alarms", "skew", "shift", "adversarial-input"]);
    expect(spec?.deployment?.throughput?.burst?.rate.perSecond).toBe(1000);
    expect(spec?.deployment?.infrastructure?.memory?.bytes).toBe(2 ** 30);
    expect(spec?.deployment?.canary?.steps.map(({ value }) => value)).toEqual([0.01, 0.1, 0.5]);
    expect(spec?.monitoring?.latency?.alert_above).toEqual({ kind: "duration", ms: 25, text: "25ms" });
    expect(spec?.monitoring?.prediction_drift?.alert_above).toEqual({
      kind: "share",
      value: 0.05,
      text: "5%",
    });
    expect(spec?.monitoring?.input_drift?.alert_above).toBe(0.1);
    expect(spec?.retraining?.triggers?.schedule).toBe("0 3 1 * *");
  });

  test("names that the author chose have no meaning of their own", () => {
    expect(spec?.owners.toString).toBeUndefined();
    expect(Object.getPrototypeOf(spec?.owners)).toBeNull();
    expect(Object.getPrototypeOf(spec?.monitoring?.notify)).toBeNull();
  });

  test("every value and key has its place", () => {
    expect(cut(flightDelay, ["deployment", "latency", "p99"])).toBe("25ms");
    expect(cut(flightDelay, ["deployment", "latency", "p99"], "keyAt")).toBe("p99");
    expect(cut(flightDelay, ["contract", "inputs", 3, "missing", "default"])).toBe("568");
    expect(cut(flightDelay, ["evaluation", "subgroups", 0, "values", 1])).toBe("DFW");
    expect(cut(flightDelay, ["evaluation", "subgroups", 0, "values", 1], "keyAt")).toBe("DFW");
    expect(cut(flightDelay, ["problem", "consumers", 1])).toBe(
      "{who: operations desk, use: internal_team, explanation: required}",
    );
    expect(cut(flightDelay, ["problem", "statement"])).toMatch(/^>-\n.*\n.*late\.$/);
    const { start } = parse(flightDelay, "m.yaml").places.at(["monitoring", "no_data"]);
    expect(start.offset).toBe(at(flightDelay, "{after: 15m"));
    expect(flightDelay.split("\n")[start.line - 1]?.slice(start.column - 1)).toBe(
      "{after: 15m, owner: platform}",
    );
  });

  test("a path that does not exist gives the place of its nearest parent", () => {
    const { places } = parse(flightDelay, "m.yaml");
    expect(places.at(["deployment", "latency", "p75", "x"])).toEqual(places.at(["deployment", "latency"]));
    expect(places.keyAt(["deployment", "latency", "p75"])).toEqual(places.keyAt(["deployment", "latency"]));
    expect(places.has(["deployment", "latency", "p75"])).toBe(false);
    expect(places.has(["deployment", "latency", "p99"])).toBe(true);
    expect(cut(flightDelay, ["nothing"])).toMatch(/^muster: 1[\s\S]*cooldown: 7d$/);
  });

  test("CRLF and a byte order mark change neither the spec nor a column", () => {
    const crlf = `\ufeff${flightDelay.replaceAll("\n", "\r\n")}`;
    const other = parse(crlf, "m.yaml");
    expect(other.diagnostics).toEqual([]);
    expect(other.digest).toBe(digest);
    const [one, two] = [parse(flightDelay, "m.yaml").places, other.places].map((places) =>
      places.at(["deployment", "latency", "p99"]),
    );
    expect([two?.start.line, two?.start.column]).toEqual([one?.start.line, one?.start.column]);
  });

  test("comments, layout and the order of keys leave the digest alone; a value does not", () => {
    const digestOf = (text: string) => parse(text, "m.yaml").digest;
    expect(digestOf(flightDelay.replaceAll(/ +# .*$/gm, ""))).toBe(digest);
    expect(digestOf(flightDelay.replace("{p50: 5ms, p99: 25ms, ", "{p99: 25ms,   p50: '5ms', "))).toBe(
      digest,
    );
    expect(digestOf(flightDelay.replace("p99: 25ms", "p99: 26ms"))).not.toBe(digest);
    expect(digestOf(flightDelay.replace("values: [ORD, DFW", "values: [DFW, ORD"))).not.toBe(digest);
    expect(digestOf(flightDelay.replace("15 minutes late", "16 minutes late"))).not.toBe(digest);
  });
});

describe("what is left out", () => {
  const head = "muster: 1\nname: a\nversion: 1.0.0\n";

  test("gets its default", () => {
    const { spec } = parse(`${head}evaluation: {primary: {metric: f1, at_least: 0.5}}\n`, "m.yaml");
    expect(spec?.status).toBe("draft");
    expect(spec?.owners).toEqual({});
    expect(spec?.evaluation?.decide_by).toBe("lower_bound");
    expect(spec?.evaluation?.confidence).toEqual({ kind: "share", value: 0.95, text: "95%" });
  });

  test("a draft lacking sections is a spec with one warning", () => {
    const { spec, diagnostics } = parse(head, "m.yaml");
    expect(spec?.name).toBe("a");
    expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [
        "MU-A220",
        "warning",
        "The spec lacks the sections problem, contract, data, evaluation, risks, deployment, monitoring.",
      ],
    ]);
  });

  test("an active spec lacking a section is refused, and the section is named", () => {
    const without = flightDelay.replace(/^risks:[\s\S]*?(?=^# 6)/m, "");
    const { spec, diagnostics } = parse(without, "m.yaml");
    expect(spec).toBeNull();
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "An active spec lacks the section risks (Failure modes and risk register).",
    ]);
    expect(without.slice(diagnostics[0]?.at?.start.offset, diagnostics[0]?.at?.end.offset)).toBe("active");
  });

  test("retraining may be left out of an active spec", () => {
    expect(parse(flightDelay.replace(/^retraining:[\s\S]*/m, ""), "m.yaml").diagnostics).toEqual([]);
  });
});

test("the word null is a policy with and without quotes", () => {
  for (const word of ["null", '"null"']) {
    const text = flightDelay
      .replace("missing: {default: 568}", `missing: ${word}`)
      .replace("missing_required: reject", `missing_required: ${word}`);
    const { spec, diagnostics } = parse(text, "m.yaml");
    expect(diagnostics).toEqual([]);
    expect(spec?.contract?.inputs[3]?.missing).toBe("null");
    expect(spec?.contract?.edge_cases?.missing_required).toBe("null");
  }
});

test("numbers with underscores are numbers wherever numbers are due", () => {
  const text = flightDelay
    .replace("range: [10, 6000], missing: {default: 568}", "range: [10, 6_000], missing: {default: 1_568}")
    .replace("bins: [0, 500, 1000, 2000, 6000]", "bins: [0, 1_000, 6_000]");
  const { spec, diagnostics } = parse(text, "m.yaml");
  expect(diagnostics).toEqual([]);
  expect(spec?.contract?.inputs[3]?.range).toEqual([10, 6000]);
  expect(spec?.contract?.inputs[3]?.missing).toEqual({ default: 1568 });
  expect(spec?.evaluation?.subgroups?.[2]?.bins).toEqual([0, 1000, 6000]);
});
