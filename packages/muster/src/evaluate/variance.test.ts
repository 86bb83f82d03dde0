import { describe, expect, test } from "vitest";
import { registry } from "../checks/registry.ts";
import type { Evidence } from "../claims/evidence.ts";
import { attribute, floats, onnxModel } from "../model/fixtures/onnx-graph.ts";
import { scratchFolder } from "../model/fixtures/scratch-folder.ts";
import type { Model } from "../model/model.ts";
import { openOnnxModel } from "../model/onnx/process-model.ts";
import { clopperPearsonBound } from "../stats/clopper-pearson.ts";
import { evaluate } from "./evaluate.ts";
import { bench, rows, toy, toySpec, weightModel } from "./fixtures/toy.ts";

const scratch = scratchFolder();
const variance = (repeat: number, changes: string, flips: string, size = 1000): string => `
  variance:
    replay: {size: ${size}, seed: 3}
    repeat: {calls: 3, max_difference: ${repeat}}
    between_versions: {max_label_changes: ${changes}, max_negative_flips: ${flips}}
data:`;
const evaluation = rows(2000, 1000);

interface Asked {
  readonly candidate?: Model;
  readonly live?: Model | null;
  readonly spec?: string;
  readonly evidence?: readonly Evidence[];
  readonly measure?: "missing" | "all" | "nothing";
}

async function judged({
  candidate,
  live,
  spec = variance(0, "3%", "1%"),
  evidence = [],
  measure = "all",
}: Asked) {
  const t = toy(toySpec.replace("\ndata:", spec));
  const model = candidate ?? weightModel((w) => w);
  const b = bench(t, { evaluation }, model);
  const known =
    live === undefined
      ? {}
      : { live: live === null ? null : { digest: live.digest, open: async () => live, prepared: null } };
  const claims = t.claims.filter((c) => c.path.startsWith("contract.variance"));
  const { verdicts, measured } = await evaluate(
    claims,
    registry,
    { ...b, ...known },
    { evidence, waivers: [], measure },
  );
  const [repeat, changes, flips] = verdicts;
  if (repeat === undefined || changes === undefined || flips === undefined)
    throw new Error("a claim is not there");
  return { repeat, changes, flips, measured };
}

/** late = weight + scale x noise, by a node that draws anew at every call. */
const noisyOnnx = (scale: number): Promise<string> =>
  scratch.write(
    `noisy-${scale}.onnx`,
    onnxModel(
      [{ name: "weight", datatype: "FP32", shape: ["rows", 1] }],
      [{ name: "late", datatype: "FP32", shape: ["rows", 1] }],
      {
        initializer: [floats("scale", [1], [scale])],
        node: [
          {
            opType: "RandomUniformLike",
            input: ["weight"],
            output: ["noise"],
            attribute: [attribute("low", "f", -1), attribute("high", "f", 1)],
          },
          { opType: "Mul", input: ["noise", "scale"], output: ["small"] },
          { opType: "Add", input: ["weight", "small"], output: ["late"] },
        ],
      },
    ),
  );

describe("the same input asked again", () => {
  test("gives the same answer from a model that computes", async () => {
    const { repeat } = await judged({ live: null });
    expect(repeat.claim.stage).toBe("release");
    expect(repeat.outcome.kind).toBe("kept");
    expect(repeat.observations[0]).toMatchObject({
      label: "largest difference of late",
      value: 0,
      rows: 1000,
    });
    // 1 - 0.05^(1/1000), the exact bound of no difference in a thousand.
    expect(repeat.observations[1]?.bound?.value).toBeCloseTo(0.05 ** (1 / 1000), 10);
    expect(repeat.evidence?.measurements[0]?.text).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("differs where an ONNX model draws a random number, by less than it may or by more", async () => {
    const path = await noisyOnnx(0.001);
    const strict = await judged({
      candidate: await openOnnxModel(path, { processes: 1, threads: 1 }),
      live: null,
    });
    expect(strict.repeat.outcome).toMatchObject({
      kind: "broken",
      because: expect.stringMatching(
        /^late differs between calls for (9\d\d|1.000) of 1.000 inputs, by up to 0\.00/,
      ),
    });
    const lax = await judged({
      candidate: await openOnnxModel(path, { processes: 1, threads: 1 }),
      live: null,
      spec: variance(0.0021, "3%", "1%"),
    });
    expect(lax.repeat.outcome.kind).toBe("kept");
    // Uniform on an interval of the length 0.002: a standard deviation of 0.002 / sqrt(12).
    expect(lax.repeat.observations[2]?.value).toBeCloseTo(0.002 / Math.sqrt(12), 4);
  });

  test("is found where an answer hangs on its place in the batch", async () => {
    const batchy = weightModel((w) => w);
    let place = 0;
    const model: Model = {
      ...batchy,
      digest: batchy.digest,
      bytes: 0,
      signature: batchy.signature,
      close: async () => undefined,
      run: async (inputs) => {
        const out = await weightModel((w) => w + (place++ === 0 ? 0.1 : 0)).run(inputs);
        place = 0;
        return out;
      },
    };
    const { repeat } = await judged({ candidate: model, live: null });
    expect(repeat.outcome.kind).toBe("broken");
  });

  test("is not shown by fewer than a hundred inputs", async () => {
    const t = toy(toySpec.replace("\ndata:", variance(0, "3%", "1%")));
    const b = bench(t, { evaluation: rows(99, 0) });
    const { verdicts } = await evaluate(
      t.claims.filter((c) => c.path.startsWith("contract.variance")),
      registry,
      b,
      { evidence: [], waivers: [], measure: "all" },
    );
    expect(verdicts[0]?.outcome).toEqual({
      kind: "undecided",
      because: "only 99 inputs were asked, fewer than 100",
    });
    expect(verdicts[1]?.outcome).toEqual({ kind: "undecided", because: "nobody said which release is live" });
  });
});

describe("a new version beside the live release", () => {
  test("changes nothing where there is none, so that a first release can be made", async () => {
    const { changes, flips } = await judged({ live: null });
    expect(changes.outcome.kind).toBe("kept");
    expect(changes.observations[0]).toMatchObject({ text: "no release is live yet", value: 0 });
    expect(flips.outcome.kind).toBe("kept");
  });

  test("that first evidence is stale as soon as a release is live", async () => {
    const first = await judged({ live: null });
    const again = await judged({
      live: weightModel((w) => 1 - w),
      evidence: first.measured,
      measure: "nothing",
    });
    expect(again.changes).toMatchObject({ stale: true, outcome: { kind: "undecided" } });
    expect(again.repeat.stale).toBe(false);
  });

  test("is counted by brute force: changed decisions, flips and their exact bounds, for subgroups, too", async () => {
    const [before, after] = [
      (w: number): number => w,
      (w: number): number => (w > 0.49 && w < 0.51 ? 1 - w : w),
    ];
    const { changes, flips } = await judged({
      candidate: weightModel(after),
      live: weightModel(before),
      spec: variance(0, "10%", "5%", 2000),
    });
    // The whole evaluation data is asked, so that its own rows can be counted here.
    const single = Math.fround;
    const all = evaluation.map((row) => {
      const weight = single(Number(row.weight));
      const [a, b] = [single(before(weight)) >= 0.5, single(after(weight)) >= 0.5];
      const truth = row.was_late === 1;
      return {
        depot: row.depot,
        changed: a !== b,
        flipped: a === truth && b !== truth,
        mended: a !== truth && b === truth,
      };
    });
    const count = (of: (row: (typeof all)[0]) => boolean): number => all.filter(of).length;
    const changed = count((row) => row.changed);
    expect(changed).toBeGreaterThan(10);
    expect(changes.observations[0]).toMatchObject({ label: "overall", value: changed / 2000, rows: 2000 });
    expect(changes.observations[0]?.bound?.value).toBe(clopperPearsonBound(changed, 2000, 0.95, "upper"));
    const north = all.filter((row) => row.depot === "north");
    expect(changes.observations[1]).toMatchObject({
      label: "depot=north",
      value: north.filter((row) => row.changed).length / north.length,
      rows: north.length,
    });
    const flipped = count((row) => row.flipped);
    expect(flips.observations[0]?.value).toBe(flipped / 2000);
    expect(flips.observations.find((o) => o.label.includes("McNemar"))?.label).toContain(
      `right before and wrong now ${flipped}, wrong before and right now ${count((row) => row.mended)}`,
    );
  });

  test("is broken in a subgroup where its changes hide, though there are few in all", async () => {
    const depots = ["north", "north", "north", "north", "north", "north", "north", "north", "north", "south"];
    const t = toy(toySpec.replace("\ndata:", variance(0, "15%", "50%", 2000)));
    const table = rows(2000, 1000, depots);
    const live = weightModel((w) => w);
    // Only the south is turned round: a tenth of all.
    const candidate: Model = {
      ...live,
      signature: live.signature,
      digest: "sha256:other",
      bytes: 0,
      close: async () => undefined,
      run: async ([weight, depot]) => {
        const weights = Array.from(weight?.data ?? [], Number);
        const data = Float32Array.from(weights, (w, i) => (depot?.data[i] === "south" ? 1 - w : w));
        return [{ name: "late", datatype: "FP32", shape: [weights.length, 1], data }];
      },
    };
    const b = bench(t, { evaluation: table }, candidate);
    const claims = t.claims.filter((c) => c.path === "contract.variance.between_versions.max_label_changes");
    const { verdicts } = await evaluate(
      claims,
      registry,
      { ...b, live: { digest: live.digest, open: async () => live, prepared: null } },
      { evidence: [], waivers: [], measure: "all" },
    );
    expect(verdicts[0]?.observations[0]?.value).toBeLessThan(0.11);
    expect(verdicts[0]?.outcome).toMatchObject({
      kind: "broken",
      because: expect.stringContaining("where depot=south"),
    });
  });

  test("is not blamed for what each version changes by itself", async () => {
    const open = async () => openOnnxModel(await noisyOnnx(0.2), { processes: 1, threads: 1 });
    const [candidate, live] = [await open(), await open()];
    const other: Model = {
      ...live,
      signature: live.signature,
      bytes: live.bytes,
      digest: "sha256:live",
      run: live.run.bind(live),
      close: live.close.bind(live),
    };
    const { changes } = await judged({ candidate, live: other, spec: variance(1, "5%", "5%", 2000) });
    expect(changes.observations[0]?.value).toBeGreaterThan(0.05);
    expect(changes.outcome.kind).toBe("kept");
  });

  test("is itself where the candidate is the live release", async () => {
    const model = weightModel((w) => w);
    const { changes } = await judged({ candidate: model, live: model });
    expect(changes).toMatchObject({
      outcome: { kind: "kept" },
      observations: [{ text: "the candidate is the live release" }],
    });
  });

  test("is undecided where the live release's model cannot be opened", async () => {
    const t = toy(toySpec.replace("\ndata:", variance(0, "3%", "1%")));
    const b = bench(t);
    const live = {
      digest: "sha256:gone",
      prepared: null,
      open: () => Promise.reject(new Error("no such file")),
    };
    const claims = t.claims.filter((c) => c.path.startsWith("contract.variance.between"));
    const { verdicts } = await evaluate(
      claims,
      registry,
      { ...b, live },
      { evidence: [], waivers: [], measure: "all" },
    );
    expect(verdicts.map((v) => v.outcome.kind)).toEqual(["undecided", "undecided"]);
  });
});
