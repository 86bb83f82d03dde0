import { canonicalJson } from "../source/digest.ts";
import type { Judge, JudgeItem, Judgement } from "./judge.ts";

/** Asks a judge about many items: no more than so many at a time, and about equal ones once. */
export class Asker {
  private readonly judge: Judge;
  private readonly atOnce: number;
  private readonly signal: AbortSignal | undefined;
  private readonly known = new Map<string, Promise<Judgement>>();
  private calls = 0;

  constructor(judge: Judge, atOnce: number, signal?: AbortSignal) {
    this.judge = judge;
    this.atOnce = atOnce;
    this.signal = signal;
  }

  /** How many times the judge was asked. */
  get asked(): number {
    return this.calls;
  }

  /** The judgements in the order of the items. */
  async all(
    items: readonly JudgeItem[],
    options: { readonly swapped?: boolean; readonly again?: boolean } = {},
  ): Promise<readonly Judgement[]> {
    const found: Judgement[] = new Array(items.length);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < items.length; i = next++) {
        const item = items[i];
        if (item === undefined) continue;
        try {
          found[i] = await this.one(item, options);
        } catch (caught) {
          // What fails one call for good fails them all: nobody takes another item.
          next = items.length;
          throw caught;
        }
      }
    };
    const workers = Array.from({ length: Math.min(this.atOnce, items.length) }, work);
    const ends = await Promise.allSettled(workers);
    // All have ended, so nothing goes on asking once this throws.
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    return found;
  }

  private one(
    item: JudgeItem,
    { swapped = false, again = false }: { readonly swapped?: boolean; readonly again?: boolean },
  ): Promise<Judgement> {
    const ask = () => {
      this.calls += 1;
      return this.judge.judge(item, {
        swapped,
        ...(this.signal === undefined ? {} : { signal: this.signal }),
      });
    };
    if (again) return ask();
    const key = canonicalJson([this.judge.id, swapped, item]);
    const known = this.known.get(key) ?? ask();
    this.known.set(key, known);
    return known;
  }
}
