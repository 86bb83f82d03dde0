import { describe, expect, test } from "vitest";
import { readProfile } from "../../claims/read-profile.ts";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import type { MemoryRow } from "../../engine/memory/memory-table.ts";
import { asProfile } from "../training-profile.ts";
import { profileColumns } from "./profile-columns.ts";

const rows: MemoryRow[] = Array.from({ length: 1000 }, (_, i) => ({
  n: i % 10 === 0 ? null : i,
  zero: i < 600 ? 0 : i,
  wild: i === 3 ? Number.NaN : i === 4 ? Number.POSITIVE_INFINITY : i / 4,
  town: ["Ulm", "Bonn", "Ulm", null][i % 4] ?? null,
  note: `${i} a remark that nobody wrote twice, and long enough`,
  yes: i % 3 === 0,
  at: new Date(Date.UTC(2001, 0, 1) + i * 3_600_000),
}));

const profile = async (names?: readonly string[]) => {
  const engine = MemoryEngine.of({ t: rows });
  const columns = engine
    .info("t")
    .columns.filter(({ name }) => names?.includes(name) ?? true)
    .map(({ name, type }) => ({ name, type }));
  return asProfile(engine, "t", await profileColumns(engine, "t", columns));
};

describe("the profile of a table", () => {
  test("counts what is missing and no number apart from the numbers", async () => {
    const { inputs } = await profile();
    expect(inputs.n).toMatchObject({
      type: "integer",
      missing: 100,
      min: 1,
      max: 999,
      distinct: 900,
      mean: 500,
    });
    expect(inputs.wild).toMatchObject({ missing: 0, max: 249.75, cells: { nan: 1, positive_infinity: 1 } });
    expect(inputs.town).toMatchObject({
      missing: 250,
      values: ["Bonn", "Ulm"],
      top: [
        { value: "Ulm", rows: 500 },
        { value: "Bonn", rows: 250 },
      ],
    });
    expect(inputs.yes).toMatchObject({ type: "boolean", values: ["false", "true"] });
    expect(inputs.at).toMatchObject({ type: "datetime", min: Date.UTC(2001, 0, 1) });
  });

  test("takes texts that never repeat by their length", async () => {
    const { inputs } = await profile(["note"]);
    expect(inputs.note).toMatchObject({ type: "text", min: 51, max: 53, cells: { of: "length" } });
  });

  test("gives a value of more than a tenth of the rows a bin, and every row a cell", async () => {
    const { inputs } = await profile(["zero", "n"]);
    const cells = inputs.zero?.cells;
    if (cells?.kind !== "numbers") throw new Error("numbers have number cells");
    expect(cells.cuts[cells.bins[0] ?? -1]).toBe(Number.MIN_VALUE);
    expect(cells.counts.reduce((sum, n) => sum + n, 0)).toBe(1000);
    expect(cells.edges).toEqual({ from: "all", rows: 1000 });
  });

  test("is read back as it was written", async () => {
    const written = await profile();
    const back = readProfile(JSON.parse(JSON.stringify(written)));
    expect(back).toEqual(written);
  });
});

describe("a profile from elsewhere", () => {
  const sound = {
    version: 2,
    rows: 3,
    inputs: {
      x: {
        type: "float",
        missing: 0,
        cells: {
          kind: "numbers",
          of: "value",
          cuts: [1, 2],
          counts: [1, 1, 1],
          bins: [0, 1],
          nan: 0,
          negative_infinity: 0,
          positive_infinity: 0,
          edges: { from: "all", rows: 3 },
        },
      },
    },
  };
  const broken = (change: (cells: Record<string, unknown>) => void): unknown => {
    const copy = structuredClone(sound);
    change(copy.inputs.x.cells as unknown as Record<string, unknown>);
    return copy;
  };

  test("of version 1 is still read", () => {
    const old = {
      version: 1,
      rows: 2,
      inputs: { x: { type: "float", missing: 0, min: 1, max: 2, mean: 1.5 } },
    };
    expect(readProfile(old)).toEqual(old);
    expect(readProfile(sound)).toEqual(sound);
  });

  test.each([
    ["no map", []],
    ["a version to come", { ...sound, version: 3 }],
    ["no rows", { ...sound, rows: -1 }],
    ["cuts that do not ascend", broken((cells) => Object.assign(cells, { cuts: [2, 1] }))],
    ["too few counts", broken((cells) => Object.assign(cells, { counts: [1] }))],
    ["a bin without a cut", broken((cells) => Object.assign(cells, { bins: [7] }))],
    ["a text for a count", broken((cells) => Object.assign(cells, { nan: "0" }))],
    ["unknown cells", broken((cells) => Object.assign(cells, { kind: "numbers?" }))],
  ])("is refused with a reason: %s", (_, data) => {
    expect(readProfile(data)).toMatch(/is no profile/);
  });

  test("may call an input whatever it likes", () => {
    const text = JSON.stringify(sound).replace('"x"', '"__proto__"');
    const read = readProfile(JSON.parse(text));
    expect(typeof read === "string" ? [] : Object.keys(read.inputs)).toEqual(["__proto__"]);
  });
});
