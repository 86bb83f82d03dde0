import { expect, test } from "vitest";
import { airportZones } from "./time-zones.ts";

test("every airport has one zone, and every zone is known", () => {
  const zones = airportZones();
  expect(new Set(zones.map(([airport]) => airport)).size).toBe(zones.length);
  expect(zones).toHaveLength(229);
  for (const [airport, zone] of zones) {
    expect(airport).toMatch(/^[A-Z]{3}$/);
    expect(() => new Intl.DateTimeFormat("en", { timeZone: zone })).not.toThrow();
  }
});
