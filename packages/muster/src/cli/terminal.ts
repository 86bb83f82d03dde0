import { createColors } from "picocolors";
import { printable } from "../report/printable.ts";

/** Where a command prints and what it may assume of the reader. Tests hand in their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the output; 100 where it is not a terminal. */
  readonly width: number;
  /** Whether what goes to `out` is coloured. */
  readonly color: boolean;
  /** Whether what goes to `err` is coloured: either may be a file while the other one is a terminal. */
  readonly errorColor: boolean;
  /** Shows what is going on, on a terminal only; the last step replaces the one before. */
  readonly progress: (step: string) => void;
  /** Takes the progress line away. */
  readonly done: () => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const clearLine = "\r\x1b[2K";

/** The terminal of this process. Progress goes to stderr, quiet in a pipe and on CI. */
export function processTerminal(signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = process;
  // A terminal without cursor control would show every step one after the other, with the codes between them.
  const capable = env.TERM !== "dumb";
  const live = stderr.isTTY === true && !env.CI && capable;
  const colors = capable && !env.NO_COLOR;
  const { dim } = createColors(colors);
  let shown = false;
  const done = (): void => {
    if (shown) stderr.write(clearLine);
    shown = false;
  };
  const line = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);
  return {
    out: (text) => {
      done();
      stdout.write(line(text));
    },
    err: (text) => {
      done();
      stderr.write(line(text));
    },
    width: Math.max(60, Math.min(stdout.columns ?? 100, 160)),
    color: colors && stdout.isTTY === true,
    errorColor: colors && stderr.isTTY === true,
    progress: (step) => {
      if (!live) return;
      // A line that wraps could not be taken away again: only its last row would be cleared.
      stderr.write(`${clearLine}${dim(cut(`${printable(step)} ..`, (stderr.columns || 80) - 1))}`);
      shown = true;
    },
    done,
    cwd: process.cwd(),
    env,
    now: Date.now,
    signal,
  };
}

/** What surely fits into so many columns: whatever is not ASCII counts as two. */
function cut(text: string, columns: number): string {
  let width = 0;
  let fits = "";
  for (const character of text) {
    width += character <= "~" ? 1 : 2;
    if (width > columns) break;
    fits += character;
  }
  return fits;
}
