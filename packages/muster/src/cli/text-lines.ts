import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";

/** Longer than any line of a table of text; a file without line ends must not fill the memory. */
const longest = 1_000_000;

/** The lines of a text file (.gz, too), with their numbers from 1. Throws `engine/unreadable-table`. */
export async function* textLines(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly number: number }, void, undefined> {
  const unreadable = (reason: string, cause?: unknown): MusterError =>
    new MusterError("engine/unreadable-table", `Cannot read "${path}": ${reason}.`, { cause });
  const file = createReadStream(path);
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  // A file that is not there is told by the file, not by what unpacks it.
  file.on("error", (error) => stream.destroy(error));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let number = 0;
  try {
    for await (const chunk of stream) {
      if (signal.aborted) throw new MusterError("cancelled", "Cancelled.", { cause: signal.reason });
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) yield { text, number: ++number };
      if (rest.length > longest) throw unreadable(`line ${number + 1} is longer than ${longest} characters`);
    }
    rest += decoder.decode();
  } catch (caught) {
    if (caught instanceof MusterError) throw caught;
    if (caught instanceof TypeError) throw unreadable("it is not text in UTF-8", caught);
    throw unreadable(systemReason(caught), caught);
  } finally {
    file.destroy();
  }
  if (rest !== "") yield { text: rest, number: number + 1 };
}
