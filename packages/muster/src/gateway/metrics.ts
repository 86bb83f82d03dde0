/** Upper bounds in seconds, around the budgets that small models are given. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A counter by one label. The values of the label come from code, never from a request, so their number is bounded. */
export class LabelledCounter {
  readonly #counts = new Map<string, number>();

  add(label: string, amount = 1): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + amount);
  }

  get(label: string): number {
    return this.#counts.get(label) ?? 0;
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  entries(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export function exposeCounts(
  name: string,
  label: string,
  counts: Readonly<Record<string, number>>,
  help: string,
): string {
  const lines = Object.entries(counts).map(([key, count]) => `${name}{${label}="${key}"} ${count}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} counter\n${lines.join("")}`;
}

export class LatencyHistogram {
  readonly #cells = new Float64Array(bounds.length + 1);
  #sum = 0;
  #count = 0;

  observe(ms: number): void {
    const seconds = ms / 1000;
    let cell = 0;
    while (cell < bounds.length && seconds > (bounds[cell] ?? 0)) cell += 1;
    this.#cells[cell] = (this.#cells[cell] ?? 0) + 1;
    this.#sum += seconds;
    this.#count += 1;
  }

  expose(name: string, help: string): string {
    let below = 0;
    const lines = bounds.map((bound, cell) => {
      below += this.#cells[cell] ?? 0;
      return `${name}_bucket{le="${bound}"} ${below}\n`;
    });
    return `# HELP ${name} ${help}\n# TYPE ${name} histogram\n${lines.join("")}${name}_bucket{le="+Inf"} ${this.#count}\n${name}_sum ${this.#sum}\n${name}_count ${this.#count}\n`;
  }
}

export function exposeNumber(name: string, type: "gauge" | "counter", value: number, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}
