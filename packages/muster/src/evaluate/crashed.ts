/** Why a check that threw measured nothing, in words. */
export function crashed(e: unknown): string {
  try {
    return `the check crashed (${e instanceof Error ? e.message : String(e)})`;
  } catch {
    // What was thrown cannot even be written out.
    return "the check crashed";
  }
}
