import { describe, expect, test } from "vitest";
import { ClientLimit, clientOf } from "./client-limit.ts";

describe("the bucket of a client", () => {
  test("lets one second's worth through at once, then as many as refill", () => {
    const limit = new ClientLimit(10, 100);
    let admitted = 0;
    const ask = (at: number): void => {
      if (limit.admit("a", at) === 0) admitted += 1;
    };
    for (let index = 0; index < 50; index++) ask(0);
    expect(admitted).toBe(10);
    for (let at = 1; at <= 5000; at++) ask(at);
    expect(admitted).toBe(60);
  });

  test("says how long to wait", () => {
    const limit = new ClientLimit(0.5, 100);
    expect(limit.admit("a", 0)).toBe(0);
    expect(limit.admit("a", 0)).toBe(2000);
    expect(limit.admit("a", 1500)).toBeCloseTo(500);
    expect(limit.admit("a", 2000)).toBe(0);
  });

  test("a batch is let in whole and paid off before the next request", () => {
    const limit = new ClientLimit(100, 100);
    expect(limit.admit("a", 0)).toBe(0);
    limit.charge("a", 999, 0);
    expect(limit.admit("a", 0)).toBeCloseTo(9010);
    expect(limit.admit("b", 0)).toBe(0);
  });

  test("a clock that stands still gives nothing, and idle time is not saved up beyond a second", () => {
    const limit = new ClientLimit(2, 100);
    expect(limit.admit("a", 0)).toBe(0);
    expect(limit.admit("a", 1e9)).toBe(0);
    expect(limit.admit("a", 1e9)).toBe(0);
    expect(limit.admit("a", 1e9)).toBeGreaterThan(0);
  });

  test("remembers a bounded number of clients, those in debt before those that are rested", () => {
    const limit = new ClientLimit(1, 10);
    for (let index = 0; index < 9; index++) limit.admit(`rested-${index}`, 0);
    limit.charge("debtor", 5, 0);
    limit.admit("newcomer", 1000);
    expect(limit.clients).toBe(2);
    expect(limit.admit("debtor", 1000)).toBeGreaterThan(0);
    for (let index = 0; index < 1000; index++) limit.admit(`invented-${index}`, 1001);
    expect(limit.clients).toBe(10);
  });
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  [undefined, "unknown"],
])("%s counts as %s", (address, client) => {
  expect(clientOf(address)).toBe(client);
});
