/** A part of a statement that is computed once and then read by its name. */
interface Term {
  readonly name: string;
  readonly sql: string;
  /** 1 for what is computed from the table's own columns, else one more than the highest term that it reads. */
  readonly level: number;
}

/**
 * Names the parts of a statement that stand in it more than once, as engines compute what stands under a CASE anew
 * wherever it is written. The statement is rendered twice: first to count, then to name.
 */
export class SqlTerms {
  private readonly counts = new Map<string, number>();
  private readonly terms = new Map<string, Term>();
  private readonly prefix: string;
  private readonly quote: (name: string) => string;
  private naming = false;
  /** The highest level read by what is being rendered. */
  private reach = 0;

  /** No term is called like one of these columns, in any case. */
  constructor(columns: Iterable<string>, quote: (name: string) => string) {
    const taken = [...columns].map((name) => name.toLowerCase());
    let prefix = "e";
    while (taken.some((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length))))
      prefix += "_";
    this.prefix = prefix;
    this.quote = quote;
  }

  /** What a part of this key is written as: itself, or a name where it is used more than once. */
  use(key: string, render: () => string): string {
    if (!this.naming) {
      const seen = this.counts.get(key) ?? 0;
      this.counts.set(key, seen + 1);
      return seen === 0 ? render() : "";
    }
    if ((this.counts.get(key) ?? 0) < 2) return render();
    const known = this.terms.get(key) ?? this.define(key, render);
    this.reach = Math.max(this.reach, known.level);
    return this.quote(known.name);
  }

  /** From here on parts are named; render everything again. */
  startNaming(): void {
    this.naming = true;
  }

  /** The definitions by level, the first from the table's own columns. */
  get levels(): readonly (readonly Pick<Term, "name" | "sql">[])[] {
    const levels: Term[][] = [];
    for (const term of this.terms.values())
      levels[term.level - 1] = [...(levels[term.level - 1] ?? []), term];
    return levels;
  }

  private define(key: string, render: () => string): Term {
    const outer = this.reach;
    this.reach = 0;
    const sql = render();
    const term = { name: `${this.prefix}${this.terms.size}`, sql, level: this.reach + 1 };
    this.reach = outer;
    this.terms.set(key, term);
    return term;
  }
}
