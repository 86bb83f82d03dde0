import { PatternError, type PatternNode, parsePattern } from "./parse-pattern.ts";

export { PatternError } from "./parse-pattern.ts";

type Step =
  | { readonly kind: "set"; readonly has: (point: number) => boolean }
  | { readonly kind: "start" | "end" | "word_edge" | "no_word_edge" | "found" }
  | { readonly kind: "fork"; readonly first: number; readonly second: number }
  | { readonly kind: "go"; readonly to: number };

const longestSource = 1000;
const mostSteps = 2000;
/** Steps times characters: what a text may cost. */
const mostWork = 5e8;

/**
 * A regular expression whose time is bounded by its length times the text's, whatever both are: it follows all ways at
 * once (K. Thompson, CACM 11 (1968) 419; the order of threads as R. Pike's) and never goes back. So a pattern or a text
 * from a stranger cannot stall anybody.
 */
export class Pattern {
  private readonly steps: readonly Step[];
  private readonly source: string;

  /** Throws PatternError for what is no pattern or too large a one. */
  constructor(source: string, ignoreCase = false) {
    if (source.length > longestSource)
      throw new PatternError(`it is longer than ${longestSource} characters`);
    this.source = `${ignoreCase ? "(i)" : ""}${source}`;
    const steps: Step[] = [];
    emit(parsePattern(source, ignoreCase), steps);
    steps.push({ kind: "found" });
    this.steps = steps;
  }

  /** Whether the text can be searched within the bound on work. */
  canSearch(text: string): boolean {
    return text.length * this.steps.length <= mostWork;
  }

  test(text: string): boolean {
    return this.find(text, 0) !== null;
  }

  /** One that only matches all of a text. */
  static whole(source: string, ignoreCase = false): Pattern {
    // Read alone first: what is wrong with it is said of what was written.
    parsePattern(source, ignoreCase);
    return new Pattern(`^(?:${source})$`, ignoreCase);
  }

  /** The text without its matches, from left to right, as Python's `re.sub(pattern, "", text)`. */
  remove(text: string): string {
    let rest = "";
    let from = 0;
    while (from <= text.length) {
      const found = this.find(text, from);
      if (found === null) break;
      const [start, end] = found;
      rest += text.slice(from, start);
      if (end > start) from = end;
      else {
        const width = widthAt(text, start);
        rest += text.slice(start, start + width);
        from = start + Math.max(1, width);
      }
    }
    return rest + text.slice(from);
  }

  toString(): string {
    return this.source;
  }

  /** The first match from there on that a backtracking matcher would find: its start and end. */
  private find(text: string, from: number): readonly [number, number] | null {
    const { steps } = this;
    let now: number[] = [];
    let next: number[] = [];
    let starts = new Int32Array(steps.length);
    let nextStarts = new Int32Array(steps.length);
    const seen = new Int32Array(steps.length).fill(-1);
    let found: readonly [number, number] | null = null;
    // Without recursion: a pattern may be a chain of two thousand forks.
    const follow = (step: number, start: number, at: number, into: number[], startOf: Int32Array): void => {
      const open = [step];
      for (let each = open.pop(); each !== undefined; each = open.pop()) {
        if (seen[each] === at) continue;
        seen[each] = at;
        const one = steps[each];
        if (one === undefined) continue;
        if (one.kind === "go") open.push(one.to);
        else if (one.kind === "fork") open.push(one.second, one.first);
        else if (one.kind === "set" || one.kind === "found") {
          startOf[each] = start;
          into.push(each);
        } else if (holds(one.kind, text, at)) open.push(each + 1);
      }
    };
    for (let at = from; ; ) {
      if (found === null) follow(0, at, at, now, starts);
      if (now.length === 0 && found !== null) return found;
      const width = widthAt(text, at);
      const point = width === 0 ? -1 : (text.codePointAt(at) ?? -1);
      for (const step of now) {
        const one = steps[step];
        if (one?.kind === "found") {
          found = [starts[step] ?? 0, at];
          break;
        }
        if (one?.kind === "set" && point >= 0 && one.has(point)) {
          follow(step + 1, starts[step] ?? 0, at + width, next, nextStarts);
        }
      }
      if (width === 0) return found;
      [now, next] = [next, now];
      [starts, nextStarts] = [nextStarts, starts];
      next.length = 0;
      at += width;
    }
  }
}

/** 2 for a character beyond U+FFFF, 0 at the end. */
function widthAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function holds(kind: "start" | "end" | "word_edge" | "no_word_edge", text: string, at: number): boolean {
  if (kind === "start") return at === 0;
  if (kind === "end") return at === text.length;
  const edge = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
  return edge === (kind === "word_edge");
}

/** Of ASCII, as \w. NaN, beyond either end, is none. */
function isWord(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    unit === 0x5f ||
    (unit >= 0x61 && unit <= 0x7a)
  );
}

function emit(node: PatternNode, steps: Step[]): void {
  if (steps.length > mostSteps) throw new PatternError("it is too large once its repeats are written out");
  switch (node.kind) {
    case "sequence":
      for (const one of node.of) emit(one, steps);
      return;
    case "either": {
      const ends: number[] = [];
      node.of.forEach((one, i) => {
        const last = i === node.of.length - 1;
        const fork = last ? -1 : hold(steps);
        emit(one, steps);
        if (last) return;
        ends.push(hold(steps));
        steps[fork] = { kind: "fork", first: fork + 1, second: steps.length };
      });
      for (const end of ends) steps[end] = { kind: "go", to: steps.length };
      return;
    }
    case "repeat":
      emitRepeat(node, steps);
      return;
    default:
      steps.push(node);
  }
}

function emitRepeat(node: Extract<PatternNode, { kind: "repeat" }>, steps: Step[]): void {
  const { of, least, most, greedy } = node;
  const fork = (at: number, into: number, past: number): void => {
    steps[at] = { kind: "fork", first: greedy ? into : past, second: greedy ? past : into };
  };
  for (let i = 0; i < least; i++) emit(of, steps);
  if (most === Number.POSITIVE_INFINITY) {
    const at = hold(steps);
    emit(of, steps);
    steps.push({ kind: "go", to: at });
    fork(at, at + 1, steps.length);
    return;
  }
  const open: number[] = [];
  for (let i = least; i < most; i++) {
    open.push(hold(steps));
    emit(of, steps);
  }
  for (const at of open) fork(at, at + 1, steps.length);
}

function hold(steps: Step[]): number {
  steps.push({ kind: "go", to: 0 });
  return steps.length - 1;
}
