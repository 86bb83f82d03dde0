import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { MusterError } from "../source/muster-error.ts";
import { systemReason } from "./system-reason.ts";

/** No parameter is longer, whatever file it is read from. */
const mostBytes = 1_000_000;

/** `--param name=value`: names and values as text. `name=@file` reads the value from a file, `name=@@x` is "@x". */
export async function metricParams(
  pairs: readonly string[],
  cwd: string,
): Promise<Readonly<Record<string, string>>> {
  const given: [string, string][] = [];
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) {
      throw new MusterError("call/bad-argument", `--param ${pair} is no name=value.`, {
        hint: "Such as --param average=macro.",
      });
    }
    const value = pair.slice(at + 1);
    if (value.startsWith("@@")) given.push([pair.slice(0, at), value.slice(1)]);
    else if (value.startsWith("@"))
      given.push([pair.slice(0, at), await textOf(resolve(cwd, value.slice(1)), pair)]);
    else given.push([pair.slice(0, at), value]);
  }
  return Object.fromEntries(given);
}

async function textOf(path: string, pair: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0);
      if (bytesRead <= mostBytes) return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new MusterError(
      "call/bad-argument",
      `--param ${pair} names a file that cannot be read: ${systemReason(cause)}.`,
      {
        cause,
      },
    );
  }
  throw new MusterError("call/bad-argument", `--param ${pair} names a file of more than ${mostBytes} bytes.`);
}
