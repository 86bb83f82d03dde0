import type { MusterError } from "../source/muster-error.ts";

/** Different problems that are told apart; a message that holds a number or a name must not grow it without end. */
const mostKinds = 100;

/**
 * Tells of each problem at once when it is new, and then at most every `everyMs`, with how often it came meanwhile: a model that
 * fails on every request is one line in ten seconds, not a thousand. Problems are the same when code and message are.
 */
export class ProblemLog {
  readonly #write: (line: string) => void;
  readonly #everyMs: number;
  readonly #clock: () => number;
  readonly #withhold: boolean;
  readonly #told = new Map<string, { at: number; since: number }>();

  /** `withhold`: what a model says may quote inputs that are not to be logged, so only the code of its problems is told. */
  constructor(
    write: (line: string) => void,
    clock: () => number,
    options: { readonly everyMs?: number; readonly withhold?: boolean } = {},
  ) {
    const { everyMs = 10_000, withhold = false } = options;
    this.#withhold = withhold;
    this.#write = write;
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  add(problem: MusterError): void {
    const hidden = this.#withhold && problem.code.startsWith("model/");
    const text = `${problem.code}: ${hidden ? "its message is withheld, as it may quote inputs that are redacted" : problem.message}`;
    const at = this.#clock();
    const told = this.#told.get(text);
    if (told !== undefined && at - told.at < this.#everyMs) {
      told.since += 1;
      return;
    }
    if (told === undefined && this.#told.size >= mostKinds) {
      const oldest = this.#told.keys().next();
      if (!oldest.done) this.#told.delete(oldest.value);
    }
    this.#told.delete(text);
    this.#told.set(text, { at, since: 0 });
    const again =
      told === undefined || told.since === 0 ? "" : ` (and ${told.since} times since it was last told)`;
    this.#write(`${oneLine(text)}${again}`);
  }
}

/** What a model says may hold what a caller sent: it must not forge lines of a log. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").slice(0, 1000);
}
