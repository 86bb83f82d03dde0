import { afterEach, describe, expect, test, vi } from "vitest";
import { MusterError } from "../../source/muster-error.ts";
import { rowInputs, turns } from "../fixtures/tensors.ts";
import type { Tensor } from "../model.ts";
import { isOverloaded } from "../overload.ts";
import { ModelPool, type RunEnd, type Runner } from "./model-pool.ts";

/** A process whose runs end when the test says so. */
class FakeRunner implements Runner {
  alive = true;
  readonly ended: Promise<string>;
  readonly given: (readonly Tensor[])[] = [];
  kills = 0;
  #end: (why: string) => void = () => {};
  #answer: ((end: RunEnd) => void) | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  run(inputs: readonly Tensor[]): Promise<RunEnd> {
    this.given.push(inputs);
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  answer(end: RunEnd = { kind: "answer", outputs: [] }): void {
    this.#answer?.(end);
  }

  die(): void {
    this.alive = false;
    this.answer({ kind: "died", why: "it was ended by SIGSEGV" });
    this.#end("it was ended by SIGSEGV");
  }

  kill(): void {
    this.kills++;
    this.die();
  }

  end(): Promise<void> {
    this.alive = false;
    this.#end("it ended with code 0");
    return Promise.resolve();
  }
}

const limits = { killAfterMs: undefined, queuedRuns: 2, queuedBytes: 100 };
const settle = () => vi.advanceTimersByTimeAsync(0);

function poolOf(processes: number, start?: () => Promise<Runner>) {
  const runners = Array.from({ length: processes }, () => new FakeRunner());
  const pool = new ModelPool(
    [...runners],
    start ??
      (async () => {
        const runner = new FakeRunner();
        runners.push(runner);
        return runner;
      }),
    limits,
  );
  return { pool, runners };
}

describe("the pool's health", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("is withdrawn while every process is dead or hangs, and counts what was replaced", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    expect(pool.health()).toEqual({ ready: true, replaced: 0 });
    const late = endOf(pool.run(turns(1), 1, { timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(late.state).toBe("rejected");
    // It may be but a little late.
    expect(pool.health().ready).toBe(true);
    await vi.advanceTimersByTimeAsync(250);
    expect(pool.health().ready).toBe(false);
    await vi.advanceTimersByTimeAsync(750);
    expect(runners[0]?.kills).toBe(1);
    expect(pool.health()).toEqual({ ready: true, replaced: 1 });
    const next = endOf(pool.run(turns(1), 1, {}));
    runners[1]?.answer();
    await settle();
    expect(next.state).toBe("resolved");
    await pool.close();
    expect(pool.health().ready).toBe(false);
  });

  test("stays while one of two processes hangs", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(2);
    const late = endOf(pool.run(turns(1), 1, { timeoutMs: 50 }));
    await vi.advanceTimersByTimeAsync(900);
    expect(late.state).toBe("rejected");
    expect(pool.health().ready).toBe(true);
    runners[0]?.answer();
    await settle();
    await pool.close();
  });
});

function endOf(run: Promise<unknown>): { code?: string; message?: string; state: string } {
  const end: { code?: string; message?: string; state: string } = { state: "open" };
  run.then(
    () => {
      end.state = "resolved";
    },
    (error: unknown) =>
      Object.assign(
        end,
        { state: "rejected" },
        error instanceof MusterError ? { code: error.code, message: error.message } : {},
      ),
  );
  return end;
}

describe("the pool of a model's processes", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("gives runs to idle processes in the order of their arrival, one at a time", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    const first = turns(1);
    const second = turns(2);
    const ends = [pool.run(first, 1, {}), pool.run(second, 1, {})].map(endOf);
    expect(runners[0]?.given).toEqual([first]);
    runners[0]?.answer();
    await settle();
    expect(ends.map((end) => end.state)).toEqual(["resolved", "open"]);
    expect(runners[0]?.given[1]).toBe(second);
  });

  test("refuses what is too much to wait, in runs and in bytes, and says that it is overload", async () => {
    const { pool } = poolOf(1);
    const open = [pool.run(turns(1), 1, {}), pool.run(turns(2), 60, {})];
    const bytes = await pool.run(turns(3), 60, {}).catch((error: unknown) => error);
    open.push(pool.run(turns(3), 40, {}));
    const runs = await pool.run(turns(4), 0, {}).catch((error: unknown) => error);
    expect(bytes).toMatchObject({
      code: "model/failed",
      message: expect.stringContaining("60 bytes of runs wait already"),
    });
    expect(runs).toMatchObject({
      code: "model/failed",
      message: expect.stringContaining("2 runs wait already"),
    });
    expect([isOverloaded(bytes), isOverloaded(runs)]).toEqual([true, true]);
    expect(open).toHaveLength(3);
  });

  test("a run that gave up waiting is never sent, and makes room", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    void pool.run(turns(1), 1, {});
    const late = endOf(pool.run(turns(2), 1, { timeoutMs: 10 }));
    const other = turns(3);
    void pool.run(other, 1, {});
    await vi.advanceTimersByTimeAsync(10);
    expect(late.code).toBe("model/timeout");
    void pool.run(turns(4), 1, {});
    runners[0]?.answer();
    await settle();
    expect(runners[0]?.given[1]).toBe(other);
  });

  test.each([
    [50, 1_000],
    [400, 1_600],
  ])(
    "a run whose caller left after %d ms is killed %d ms later, and its process replaced",
    async (timeoutMs, killAfterMs) => {
      vi.useFakeTimers();
      const { pool, runners } = poolOf(1);
      const end = endOf(pool.run(turns(1), 1, { timeoutMs }));
      await vi.advanceTimersByTimeAsync(timeoutMs);
      expect(end.code).toBe("model/timeout");
      await vi.advanceTimersByTimeAsync(killAfterMs - 1);
      expect(runners[0]?.kills).toBe(0);
      await vi.advanceTimersByTimeAsync(1);
      expect(runners[0]?.kills).toBe(1);
      expect(runners).toHaveLength(2);
    },
  );

  test("a run that ends soon after its caller left costs no process", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    endOf(pool.run(turns(1), 1, { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(20);
    runners[0]?.answer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runners[0]?.kills).toBe(0);
  });

  test("a run whose process died is tried once more, before those that wait", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    const inputs = rowInputs([[1, 2, 3, "a"]]);
    const end = endOf(pool.run(inputs, 1, {}));
    const other = endOf(pool.run(turns(1), 1, {}));
    runners[0]?.die();
    await settle();
    expect(runners[1]?.given).toEqual([inputs]);
    runners[1]?.die();
    await vi.advanceTimersByTimeAsync(100);
    expect(end).toMatchObject({
      code: "model/failed",
      message: expect.stringContaining("it was ended by SIGSEGV"),
    });
    runners[2]?.answer();
    await settle();
    expect(other.state).toBe("resolved");
  });

  test("a dying process is replaced later and later, and soon again after an answer", async () => {
    vi.useFakeTimers();
    const { runners, pool } = poolOf(1);
    const waits: number[] = [];
    for (let death = 0; death < 9; death++) {
      const count = runners.length;
      runners.at(-1)?.die();
      let waited = 0;
      await settle();
      while (runners.length === count) {
        await vi.advanceTimersByTimeAsync(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    void pool.run(turns(1), 1, {});
    runners.at(-1)?.answer();
    await settle();
    const count = runners.length;
    runners.at(-1)?.die();
    await settle();
    expect(runners).toHaveLength(count + 1);
  });

  test("a model that can no longer be started is given up, with the reason, not tried for ever", async () => {
    vi.useFakeTimers();
    let starts = 0;
    const { pool, runners } = poolOf(1, () => {
      starts++;
      return Promise.reject(new MusterError("model/unreadable", "it was ended by SIGKILL"));
    });
    const waiting = endOf(pool.run(turns(1), 1, {}));
    runners[0]?.die();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(starts).toBe(8);
    expect(waiting).toMatchObject({
      code: "model/failed",
      message: expect.stringMatching(/8 times in a row.*SIGKILL/),
    });
    await expect(pool.run(turns(1), 1, {})).rejects.toMatchObject({ code: "model/failed" });
    await pool.close();
  });

  test("one process works on while another cannot be replaced", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(2, () => Promise.reject(new Error("no memory")));
    runners[0]?.die();
    await vi.advanceTimersByTimeAsync(300_000);
    const end = endOf(pool.run(turns(1), 1, {}));
    runners[1]?.answer();
    await settle();
    expect(end.state).toBe("resolved");
    await pool.close();
  });

  test("closing lets those who wait have their answers, then ends the processes", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    const ends = [pool.run(turns(1), 1, {}), pool.run(turns(2), 1, {})].map(endOf);
    const closed = endOf(pool.close());
    runners[0]?.answer();
    await settle();
    expect(closed.state).toBe("open");
    runners[0]?.answer();
    await settle();
    expect(ends.map((end) => end.state)).toEqual(["resolved", "resolved"]);
    expect(closed.state).toBe("resolved");
    expect(runners[0]?.alive).toBe(false);
  });

  test("closing does not wait for a run whose caller has gone", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1);
    endOf(pool.run(turns(1), 1, { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(10);
    await pool.close();
    expect(runners[0]?.kills).toBe(1);
    expect(runners).toHaveLength(1);
  });

  test("closing while a process is being replaced is not held up by the wait before its start", async () => {
    vi.useFakeTimers();
    const { pool, runners } = poolOf(1, () => Promise.reject(new Error("no memory")));
    runners[0]?.die();
    await vi.advanceTimersByTimeAsync(500);
    const closed = endOf(pool.close());
    await settle();
    expect(closed.state).toBe("resolved");
  });
});
