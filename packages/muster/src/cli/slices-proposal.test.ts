import { expect, test } from "vitest";
import { parse } from "yaml";
import type { SliceAttribute } from "../evaluate/slice-attributes.ts";
import { proposedSubgroups } from "./slices-proposal.ts";

function listed(name: string, ...values: string[]): SliceAttribute {
  const dimension = { kind: "listed", column: name, values } as const;
  return { name, dimension, values: [...values, "(other)", null], whole: false };
}

function binned(name: string, edges: readonly number[], whole: boolean): SliceAttribute {
  const labels = edges.slice(1).map((end, i) => `[${edges[i]}, ${end}${i === edges.length - 2 ? "]" : ")"}`);
  return {
    name,
    dimension: { kind: "bins", column: name, edges },
    values: [...labels, "(other)", null],
    whole,
  };
}

const proposed = (attributes: readonly SliceAttribute[], ...slices: Record<string, string | null>[]) => {
  const yaml = proposedSubgroups({
    attributes,
    slices: slices.map((items) => ({
      items: Object.entries(items).map(([attribute, value]) => ({ attribute, value })),
    })),
  });
  return yaml === null ? null : parse(yaml).evaluation;
};

const city = listed("city", "Ulm", "Bonn");
const tariff = listed("tariff", "day", "night");

test("values of slices of one attribute stand in one subgroup, missing ones among them", () => {
  expect(proposed([city], { city: "Bonn" }, { city: null })).toEqual({
    subgroups: [{ by: "city", values: ["Bonn", null] }],
  });
});

test("two crossings of the same columns name two slices and not four", () => {
  const found = proposed([city, tariff], { city: "Ulm", tariff: "day" }, { city: "Bonn", tariff: "night" });
  expect(found).toEqual({
    subgroups: [
      { by: "city_1", from: "city", values: ["Ulm"] },
      { by: "city_2", from: "city", values: ["Bonn"] },
      { by: "tariff_1", from: "tariff", values: ["day"] },
      { by: "tariff_2", from: "tariff", values: ["night"] },
    ],
    intersections: [
      ["city_1", "tariff_1"],
      ["city_2", "tariff_2"],
    ],
  });
});

test("a bin of whole numbers ends before the next one begins; the last holds its end; two that do not touch make no third", () => {
  const age = binned("age", [0, 20, 21, 40, 99], true);
  const found = proposed([age], { age: "[0, 20)" }, { age: "[20, 21)" }, { age: "[40, 99]" });
  expect(found.subgroups).toEqual([
    { by: "age_1", from: "age", bins: [0, 19] },
    { by: "age_2", from: "age", values: [20] },
    { by: "age_3", from: "age", bins: [40, 99] },
  ]);
  expect(proposed([binned("kg", [0, 2.5, 9], false)], { kg: "[0, 2.5)" }).subgroups).toEqual([
    { by: "kg", bins: [0, 2.5] },
  ]);
});

test("columns called anything get a name that the spec takes, and no name twice", () => {
  const odd = [listed("Where from?", "a"), listed("__proto__", "b"), listed("column_1", "c")];
  const found = proposed(odd, { "Where from?": "a" }, Object.fromEntries([["__proto__", "b"]]), {
    column_1: "c",
  });
  expect(found.subgroups).toEqual([
    { by: "column_2", from: "Where from?", values: ["a"] },
    { by: "column_3", from: "__proto__", values: ["b"] },
    { by: "column_1", values: ["c"] },
  ]);
});

test("all other values have no words in the spec", () => {
  expect(proposed([city, tariff], { city: "(other)", tariff: "day" })).toBeNull();
});
