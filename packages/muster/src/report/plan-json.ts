import type { Plan } from "../evaluate/plan.ts";

/** A plan as JSON, statements whole; docs/command-line.md describes it. */
export function planJson({ steps, atHand, open, notes }: Plan): string {
  return JSON.stringify({ version: 1, steps, at_hand: atHand, open, notes }, null, 2);
}
