import { expect, test } from "vitest";
import { encode, learnLateOdds } from "./late-odds.ts";

const codes = Uint8Array.from({ length: 1000 }, (_, row) => (row < 900 ? 0 : 1));
const late = Uint8Array.from(codes, (code, row) => (code === 1 ? 1 : Number(row % 9 === 0)));
const odds = learnLateOdds(["ATL", "DFW", "ORD"], codes, late);

test("a rate is drawn towards that of all flights, the more the fewer its own are", () => {
  const overall = 201 / 1002;
  const rate = (100 + 100 * overall) / 200;
  expect(odds.byKey.get("DFW")).toBe(Math.fround(Math.log(rate / (1 - rate))));
});

test("a key without flights, or never heard of, has the odds of all flights", () => {
  expect(odds.byKey.has("ORD")).toBe(false);
  expect([...encode(odds, ["ORD", "XXX"], Uint8Array.of(0, 1))]).toEqual([odds.unseen, odds.unseen]);
});
