import { exact } from "../decimal.ts";

/** Maps values to percent of a drawing's width. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly percent: (value: number) => number;
}

/** Room at both ends, so that no mark or label is cut off. */
const margin = 10;

/** Null where there is nothing to span: no finite value, or all of them equal. */
export function scaleOver(values: readonly number[]): Scale | null {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const span = high - low;
  if (finite.length === 0 || span === 0 || !Number.isFinite(span)) return null;
  const percent = (value: number): number =>
    Math.min(100, Math.max(0, margin + ((value - low) / span) * (100 - 2 * margin)));
  return { low, high, percent };
}

/** About five round numbers inside of the scale, all with the same number of decimals. */
export function ticks({ low, high }: Scale): readonly { readonly value: number; readonly text: string }[] {
  const fifth = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(fifth));
  const step = [5, 2, 1].map((factor) => factor * power).find((size) => size <= fifth) ?? fifth;
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  const decimals = Math.min(15, Math.max(0, -Math.floor(Math.log10(step))));
  return Array.from({ length: Math.min(mostTicks, count) }, (_, i) => {
    // Far from zero the product rounds to a neighbour that may lie just outside.
    const value = Math.min(high, Math.max(low, (first + i) * step));
    const text = Math.abs(value) < 1e6 ? value.toFixed(decimals) : exact(Number(value.toFixed(decimals)));
    return { value, text };
  });
}

const mostTicks = 10;
