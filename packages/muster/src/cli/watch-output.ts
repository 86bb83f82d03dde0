export interface OutputWatch {
  /** Waits until all was taken; then why it could not be written, or null. */
  readonly settled: () => Promise<string | null>;
}

/**
 * Watches the output of this process, whose errors would otherwise end it with a stack trace. A reader that has had
 * enough (`muster report | head`) is no failure: the work and its exit code stand. A full disk is one, as what was
 * asked for is not there.
 */
export function watchOutput(): OutputWatch {
  let failure: string | null = null;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") failure ??= error.message;
  });
  // Where errors cannot be told nothing is left to do; the exit code still says it.
  process.stderr.on("error", () => {});
  return {
    settled: async () => {
      await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
      // The error comes a turn after the write that failed.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return failure;
    },
  };
}
