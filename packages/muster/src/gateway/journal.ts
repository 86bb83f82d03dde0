import type { JournalDisk } from "./journal-disk.ts";
import { segmentName } from "./journal-format.ts";

/**
 * Called once the records are as durable as promised, or with why they are not: then they are not in the journal
 * and the answers that they stand for must not be given.
 */
export type Settled = (problem: Error | null) => void;

export interface JournalOptions {
  readonly dir: string;
  /** Names this process's run; with the sequence number it identifies a record for good. */
  readonly run: string;
  /** `crash`: in the kernel's hands before the reply. `power_loss`: on the disk before the reply. */
  readonly survives: "crash" | "power_loss";
  /** A segment that has grown beyond this is closed and the next one opened. */
  readonly segmentBytes: number;
  /** Fields of every segment's first line. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly now: () => number;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
  readonly disk: JournalDisk;
}

export interface JournalStats {
  readonly healthy: boolean;
  readonly records: number;
  readonly bytes: number;
  readonly segments: number;
  readonly failures: number;
}

/** How long a journal that failed is not tried again: a full disk stays full for longer than a request takes. */
const restMs = 250;

interface Waiting {
  readonly lines: readonly string[];
  readonly settled: Settled;
}

/**
 * The durable record of every answer. Records that arrive within one turn of the event loop are written by one
 * call; with `power_loss`, those that arrive while the disk is busy share the next fdatasync.
 *
 * Sequence numbers are given when a group is written and taken back when that fails, so that what is in the files
 * has no gap. A failed group is cut off the file again and a new segment is tried for the next one.
 */
export class Journal {
  readonly #options: JournalOptions;
  #file: number | null = null;
  #fileBytes = 0;
  #segments = 0;
  #sequence = 0;
  #bytes = 0;
  #failures = 0;
  #problem: Error | null = null;
  #failedAt = 0;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #committing: Promise<void> | null = null;
  #closed = false;

  /** Opens the first segment, so that a folder that cannot be written to stops the start and not an answer. */
  constructor(options: JournalOptions) {
    this.#options = options;
    options.disk.makeFolder(options.dir);
    this.#openSegment();
  }

  /** Each text is a JSON object without its opening brace. `settled` must not throw. */
  append(lines: readonly string[], settled: Settled): void {
    if (this.#closed) {
      settled(new Error("the journal is closed"));
      return;
    }
    this.#waiting.push({ lines, settled });
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  get stats(): JournalStats {
    return {
      healthy: this.#problem === null,
      records: this.#sequence,
      bytes: this.#bytes,
      segments: this.#segments,
      failures: this.#failures,
    };
  }

  /**
   * Whether the journal can be written. One that failed is tried again, no more often than for a request: who is not ready gets
   * no requests, and would otherwise never find out that its disk is well again.
   */
  probe(): boolean {
    const { clock } = this.#options;
    if (this.#problem === null || this.#closed) return this.#problem === null;
    if (this.#committing !== null || clock() - this.#failedAt < restMs) return false;
    try {
      this.#openSegment();
      this.#problem = null;
    } catch (error) {
      this.#failed([], this.#sequence, error);
    }
    return this.#problem === null;
  }

  /** Writes what waits and closes the file. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#waiting.length > 0 || this.#committing !== null) {
      if (this.#committing === null) this.#flush();
      else await this.#committing;
    }
    this.#closeSegment();
  }

  #flush(): void {
    if (this.#committing !== null || this.#waiting.length === 0) return;
    const group = this.#waiting;
    this.#waiting = [];
    const { disk, survives, clock } = this.#options;
    if (this.#problem !== null && clock() - this.#failedAt < restMs) {
      for (const { settled } of group) settled(this.#problem);
      return;
    }
    const firstSequence = this.#sequence;
    const text = this.#number(group);
    let file: number;
    let written: number;
    try {
      file = this.#writable();
      written = disk.write(file, text);
    } catch (error) {
      this.#failed(group, firstSequence, error);
      return;
    }
    if (survives === "crash") {
      this.#done(group, written);
      return;
    }
    this.#committing = disk
      .sync(file)
      .then(
        () => this.#done(group, written),
        (error: unknown) => this.#failed(group, firstSequence, error),
      )
      .finally(() => {
        this.#committing = null;
        this.#flush();
      });
  }

  #writable(): number {
    const { disk, segmentBytes } = this.#options;
    if (this.#file === null || this.#fileBytes >= segmentBytes || disk.isGone(this.#file))
      this.#openSegment();
    if (this.#file === null) throw new Error("the journal has no open file");
    return this.#file;
  }

  #number(group: readonly Waiting[]): string {
    const prefix = `{"run":${JSON.stringify(this.#options.run)},"seq":`;
    let text = "";
    for (const { lines } of group) {
      for (const line of lines) {
        this.#sequence += 1;
        text += `${prefix}${this.#sequence},${line}\n`;
      }
    }
    return text;
  }

  #done(group: readonly Waiting[], written: number): void {
    this.#fileBytes += written;
    this.#bytes += written;
    this.#problem = null;
    for (const { settled } of group) settled(null);
  }

  #failed(group: readonly Waiting[], firstSequence: number, caught: unknown): void {
    const problem = caught instanceof Error ? caught : new Error(String(caught));
    this.#failures += 1;
    this.#problem = problem;
    this.#failedAt = this.#options.clock();
    this.#sequence = firstSequence;
    if (this.#file !== null) this.#options.disk.cutTo(this.#file, this.#fileBytes);
    this.#closeSegment();
    for (const { settled } of group) settled(problem);
  }

  #openSegment(): void {
    this.#closeSegment();
    const { dir, disk, run, header, now } = this.#options;
    const number = this.#segments + 1;
    const opened = new Date(now()).toISOString();
    const name = segmentName(opened, run, number);
    const file = disk.create(dir, name);
    const first = { kind: "segment", version: 1, run, segment: number, opened_at: opened, ...header };
    try {
      this.#fileBytes = disk.write(file, `${JSON.stringify(first)}\n`);
    } catch (error) {
      disk.close(file);
      disk.remove(dir, name);
      throw error;
    }
    this.#file = file;
    this.#segments = number;
  }

  #closeSegment(): void {
    if (this.#file === null) return;
    this.#options.disk.close(this.#file);
    this.#file = null;
  }
}
