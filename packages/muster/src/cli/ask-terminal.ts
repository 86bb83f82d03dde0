import { createInterface, type Interface } from "node:readline";
import pc from "picocolors";
import type { Ask } from "../start/interview.ts";

/** Asks on this process's terminal; null where there is none. Questions go to stderr: stdout is for results. */
export function askTerminal(signal: AbortSignal): { readonly ask: Ask; readonly close: () => void } | null {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return null;
  let reader: Interface | null = null;
  const ask: Ask = ({ step, text, offer, trouble }) => {
    if (reader === null) {
      reader = createInterface({ input: process.stdin, output: process.stderr });
      // The terminal is in raw mode: Ctrl-C comes as a key, and means that the person leaves.
      reader.on("SIGINT", () => reader?.close());
    }
    const lines = [
      ...(step === null ? [] : ["", pc.bold(step)]),
      ...(trouble === null ? [] : [pc.yellow(trouble)]),
      `${text}${offer === null ? pc.dim(" [leave open]") : pc.dim(` [${offer}]`)}: `,
    ];
    return new Promise((done) => {
      const left = (): void => done(null);
      reader?.once("close", left);
      signal.addEventListener("abort", left, { once: true });
      reader?.question(lines.join("\n"), { signal }, (answer) => {
        reader?.off("close", left);
        signal.removeEventListener("abort", left);
        done(answer);
      });
    });
  };
  return { ask, close: () => reader?.close() };
}
