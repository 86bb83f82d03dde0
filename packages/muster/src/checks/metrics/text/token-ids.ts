/** Numbers tokens from 0 up, so that texts can be compared as arrays of numbers. */
export class TokenIds {
  private readonly known = new Map<string, number>();

  of(tokens: readonly string[]): Int32Array {
    const ids = new Int32Array(tokens.length);
    for (let i = 0; i < tokens.length; i++) ids[i] = this.idOf(tokens[i] ?? "");
    return ids;
  }

  /** Call between rows: a number means nothing beyond the texts that are compared with each other. */
  clear(): void {
    this.known.clear();
  }

  private idOf(token: string): number {
    const known = this.known.get(token);
    if (known !== undefined) return known;
    const id = this.known.size;
    this.known.set(token, id);
    return id;
  }
}
