import { textOfEpoch } from "../query/time.ts";

/** A moment as a key; of a date only the day. */
export function momentText(epoch: number, dayOnly: boolean): string {
  const text = textOfEpoch(epoch);
  return dayOnly ? text.replace("T00:00:00.000Z", "") : text;
}
