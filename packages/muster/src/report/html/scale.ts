import { exact } from "../decimal.ts";

/** Maps values to percent of a drawing's width. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly percent: (value: number) => number;
}

/** Room at both ends, so that no mark or label is cut off. */
const margin = 8;

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

/** At most five round numbers inside of the scale, with their text. */
export function ticks({ low, high }: Scale): readonly { readonly value: number; readonly text: string }[] {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw) ?? raw;
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: Math.min(6, count) }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return { value, text: exact(value) };
  });
}
