/** The call is wrong: the message says what to write instead. */
export class WrongCall extends Error {}

/**
 * Runs a command of the example. What goes wrong is told in a sentence; the exit code is 2 when the call is wrong and 3 when it could
 * not be carried out.
 */
export async function command(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const wrongCall =
      error instanceof WrongCall || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true;
    console.error(message);
    process.exitCode = wrongCall ? 2 : 3;
  }
}
