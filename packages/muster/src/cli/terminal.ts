import pc from "picocolors";

/** Where a command prints and what it may assume of the reader. Tests hand in their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the output; 100 where it is not a terminal. */
  readonly width: number;
  readonly color: boolean;
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
  const live = stderr.isTTY === true && !env.CI;
  let shown = false;
  const done = (): void => {
    if (shown) stderr.write(clearLine);
    shown = false;
  };
  return {
    out: (text) => {
      done();
      stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    err: (text) => {
      done();
      stderr.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    width: Math.max(60, Math.min(stdout.columns ?? 100, 160)),
    color: pc.isColorSupported && stdout.isTTY === true,
    progress: (step) => {
      if (!live) return;
      stderr.write(`${clearLine}${pc.dim(`${step} ..`)}`);
      shown = true;
    },
    done,
    cwd: process.cwd(),
    env,
    now: Date.now,
    signal,
  };
}
