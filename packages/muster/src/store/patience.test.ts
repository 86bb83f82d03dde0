import { describe, expect, it } from "vitest";
import { patiently } from "./patience.ts";

describe("patiently", () => {
  const busy = new Error("busy");
  const isBusy = (caught: unknown) => caught === busy;

  it("does the work again until it succeeds", async () => {
    let rounds = 0;
    const work = async () => {
      rounds += 1;
      if (rounds < 4) throw busy;
      return "done";
    };
    expect(await patiently(work, isBusy, 10_000)).toBe("done");
    expect(rounds).toBe(4);
  });

  it("gives up at once on any other error", async () => {
    let rounds = 0;
    const work = async () => {
      rounds += 1;
      throw new Error("broken");
    };
    await expect(patiently(work, isBusy, 10_000)).rejects.toThrow("broken");
    expect(rounds).toBe(1);
  });

  it("gives up with the last error when the time is over, having tried more than once", async () => {
    let rounds = 0;
    const start = performance.now();
    const work = async () => {
      rounds += 1;
      throw busy;
    };
    await expect(patiently(work, isBusy, 60)).rejects.toBe(busy);
    expect(performance.now() - start).toBeGreaterThanOrEqual(60);
    expect(rounds).toBeGreaterThan(1);
  });
});
