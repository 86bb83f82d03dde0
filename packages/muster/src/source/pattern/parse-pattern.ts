/** A pattern as a tree. Groups are only brackets: what they caught is not kept. */
export type PatternNode =
  | { readonly kind: "set"; readonly has: (point: number) => boolean }
  | { readonly kind: "start" | "end" | "word_edge" | "no_word_edge" }
  | { readonly kind: "sequence" | "either"; readonly of: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly of: PatternNode;
      readonly least: number;
      /** Infinity: without end. */
      readonly most: number;
      readonly greedy: boolean;
    };

export class PatternError extends Error {}

const deepest = 100;
const mostRepeats = 1000;

/**
 * Reads what JavaScript, Python and RE2 agree on: literals, `.`, classes, `\d \w \s \b`, `\p{..}`, groups, alternatives,
 * repeats (lazy ones, too), `^` and `$`. Look-around and back-references are refused with a PatternError, as no matcher
 * in linear time has them.
 */
export function parsePattern(source: string, ignoreCase: boolean): PatternNode {
  const reader = new Reader(source, ignoreCase);
  const node = reader.either(0);
  if (!reader.atEnd) throw new PatternError(`it has a ")" without "(" at character ${reader.at + 1}`);
  return node;
}

class Reader {
  at = 0;
  private readonly points: readonly string[];
  private readonly flags: string;

  constructor(source: string, ignoreCase: boolean) {
    this.points = Array.from(source);
    this.flags = ignoreCase ? "iu" : "u";
  }

  get atEnd(): boolean {
    return this.at >= this.points.length;
  }

  either(depth: number): PatternNode {
    if (depth > deepest) throw new PatternError("its groups stand too deep in each other");
    const of = [this.sequence(depth)];
    while (this.take("|")) of.push(this.sequence(depth));
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: "either", of };
  }

  private sequence(depth: number): PatternNode {
    const of: PatternNode[] = [];
    while (!this.atEnd && this.peek() !== "|" && this.peek() !== ")") of.push(this.repeated(depth));
    return { kind: "sequence", of };
  }

  private repeated(depth: number): PatternNode {
    let node = this.atom(depth);
    for (let times = this.times(); times !== null; times = this.times()) {
      const greedy = !this.take("?");
      if (!greedy || node.kind !== "repeat") node = { kind: "repeat", of: node, ...times, greedy };
      else throw new PatternError(`it repeats a repeat at character ${this.at}`);
    }
    return node;
  }

  private times(): { readonly least: number; readonly most: number } | null {
    if (this.take("*")) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.take("+")) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.take("?")) return { least: 0, most: 1 };
    if (this.peek() !== "{") return null;
    const end = this.points.indexOf("}", this.at);
    const text = end < 0 ? "" : this.points.slice(this.at + 1, end).join("");
    const found = /^(\d{1,6})(,(\d{0,6}))?$/.exec(text);
    if (found === null)
      throw new PatternError(`"{" at character ${this.at + 1} is no repeat; write \\{ for itself`);
    this.at = end + 1;
    const least = Number(found[1]);
    const most =
      found[2] === undefined ? least : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (most < least || least > mostRepeats || (most > mostRepeats && most !== Number.POSITIVE_INFINITY)) {
      throw new PatternError(`{${text}} is no repeat of up to ${mostRepeats} times`);
    }
    return { least, most };
  }

  private atom(depth: number): PatternNode {
    const point = this.points[this.at] ?? "";
    this.at += 1;
    switch (point) {
      case "(": {
        this.group();
        const inner = this.either(depth + 1);
        if (!this.take(")")) throw new PatternError('it has a "(" without ")"');
        return inner;
      }
      case "[":
        return this.class();
      case ".":
        return { kind: "set", has: (code) => code !== 0x0a };
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case "\\":
        return this.escape();
      case "*":
      case "+":
      case "?":
      case "{":
        throw new PatternError(`it repeats nothing at character ${this.at}`);
      default:
        return this.set(/[\^$\\.*+?()[\]{}|/-]/.test(point) ? `\\${point}` : point);
    }
  }

  /** What may stand after "(": nothing, or a mark that catches nothing, or a name. */
  private group(): void {
    if (!this.take("?")) return;
    if (this.take(":")) return;
    const rest = this.points.slice(this.at, this.at + 70).join("");
    const name = /^P?<([A-Za-z_]\w{0,60})>/.exec(rest);
    if (name === null) throw new PatternError("look-around and flags within it are not supported");
    this.at += name[0].length;
  }

  private class(): PatternNode {
    const start = this.at - 1;
    if (this.peek() === "^") this.at += 1;
    if (this.peek() === "]") this.at += 1;
    while (!this.atEnd && this.peek() !== "]") this.at += this.peek() === "\\" ? 2 : 1;
    if (!this.take("]")) throw new PatternError('it has a "[" without "]"');
    // Python and RE2 take a "]" at the start for itself; what is no escape to JavaScript is there a mark by itself.
    const inner = this.points.slice(start + 1, this.at - 1).join("");
    const safe = inner
      .replace(/^(\^?)\]/, "$1\\]")
      .replace(/\\([^\w\s\\\]^-])/g, (all, mark) => ("$.*+?()[{}|/".includes(mark) ? all : mark));
    return this.set(`[${safe.replace(/(?<!\\)\[/g, "\\[")}]`);
  }

  private escape(): PatternNode {
    if (this.atEnd) throw new PatternError('it ends in a "\\"');
    const point = this.points[this.at] ?? "";
    this.at += 1;
    if (point === "b") return { kind: "word_edge" };
    if (point === "B") return { kind: "no_word_edge" };
    if (point === "A") return { kind: "start" };
    if (point === "Z" || point === "z") return { kind: "end" };
    if (/[dDwWsStnrfv]/.test(point)) return this.set(`\\${point}`);
    if (/[pPxu]/.test(point)) {
      const rest = this.points.slice(this.at, this.at + 60).join("");
      const body = (
        point === "x"
          ? /^[0-9a-fA-F]{2}/
          : point === "u"
            ? /^(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})/
            : /^\{[\w=]+\}/
      ).exec(rest);
      if (body === null) throw new PatternError(`\\${point} at character ${this.at} is not complete`);
      this.at += body[0].length;
      return this.set(`\\${point}${body[0]}`);
    }
    if (/[1-9k]/.test(point)) throw new PatternError("back-references are not supported");
    if (/[A-Za-z0-9]/.test(point)) throw new PatternError(`\\${point} means nothing`);
    return this.set(/[\^$\\.*+?()[\]{}|/-]/.test(point) ? `\\${point}` : point);
  }

  /** What one character may be is left to JavaScript, which takes the same time for any character. */
  private set(source: string): PatternNode {
    // In this mode "-" may only be escaped within brackets.
    const body = source === "\\-" ? "-" : source;
    let one: RegExp;
    try {
      one = new RegExp(`^${body}$`, this.flags);
    } catch {
      throw new PatternError(`${source} cannot be read`);
    }
    const ascii = Array.from({ length: 128 }, (_, code) => one.test(String.fromCharCode(code)));
    return { kind: "set", has: (code) => ascii[code] ?? one.test(String.fromCodePoint(code)) };
  }

  private peek(): string | undefined {
    return this.points[this.at];
  }

  private take(point: string): boolean {
    if (this.peek() !== point) return false;
    this.at += 1;
    return true;
  }
}
