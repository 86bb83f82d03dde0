/**
 * A token bucket for each client: `perSecond` predictions a second, and as many at once as one second allows.
 *
 * A request costs its client one token when it is let in, whatever becomes of it, and one more for every further
 * row, into debt if need be: so a batch is never half refused, and sending rows in batches gains nothing.
 */
export class ClientLimit {
  readonly #perSecond: number;
  readonly #capacity: number;
  readonly #mostClients: number;
  #sweptAt = Number.NEGATIVE_INFINITY;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** `mostClients` bounds the memory that invented addresses can take. */
  constructor(perSecond: number, mostClients: number) {
    this.#perSecond = perSecond;
    this.#capacity = Math.max(1, perSecond);
    this.#mostClients = mostClients;
  }

  /** 0: the client is let in, and has paid. Else the milliseconds until it may ask again. `at` is a monotonic time in milliseconds. */
  admit(client: string, at: number): number {
    const bucket = this.#bucket(client, at);
    // A token that refilled in steps of floating-point numbers may miss the whole by a rounding error.
    if (bucket.tokens >= 1 - 1e-9) {
      bucket.tokens -= 1;
      return 0;
    }
    return ((1 - bucket.tokens) / this.#perSecond) * 1000;
  }

  /** For the rows after the first. */
  charge(client: string, rows: number, at: number): void {
    this.#bucket(client, at).tokens -= rows;
  }

  get clients(): number {
    return this.#buckets.size;
  }

  #bucket(client: string, at: number): { tokens: number; at: number } {
    let bucket = this.#buckets.get(client);
    if (bucket === undefined) {
      if (this.#buckets.size >= this.#mostClients) this.#makeRoom(at);
      bucket = { tokens: this.#capacity, at };
      this.#buckets.set(client, bucket);
      return bucket;
    }
    bucket.tokens = this.#refilled(bucket, at);
    bucket.at = at;
    return bucket;
  }

  #refilled(bucket: { tokens: number; at: number }, at: number): number {
    return Math.min(this.#capacity, bucket.tokens + ((at - bucket.at) / 1000) * this.#perSecond);
  }

  /** Full buckets are as good as none; looking for them is worth it once a second at most. If there is none, the client seen first goes: it gains one second's worth. */
  #makeRoom(at: number): void {
    if (at - this.#sweptAt >= 1000) {
      this.#sweptAt = at;
      this.#sweep(at);
    }
    if (this.#buckets.size < this.#mostClients) return;
    const first = this.#buckets.keys().next();
    if (!first.done) this.#buckets.delete(first.value);
  }

  #sweep(at: number): void {
    for (const [client, bucket] of this.#buckets) {
      if (this.#refilled(bucket, at) >= this.#capacity) this.#buckets.delete(client);
    }
  }
}

/**
 * Whom a remote address counts as: an IPv4 address also when it comes mapped into IPv6, and the /64 network of an
 * IPv6 one, since whoever has one address there has all of them.
 */
export function clientOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = (address.split("%")[0] ?? "").split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === "" ? [] : tail.split(":");
  const zeros = new Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}
