import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

/** A body as bytes; null when the client went away before it was whole. */
export type Body = Buffer | Refusal | null;

/** Reads a body of at most `limit` bytes, whether its length was announced or it comes in chunks. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> | Refusal {
  const unsuitable = refuseHeaders(request, limit);
  if (unsuitable !== null) return unsuitable;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else resolve(tooLarge(limit));
    });
    request.on("end", () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    request.on("error", () => resolve(null));
    request.on("close", () => resolve(null));
  });
}

function refuseHeaders(request: IncomingMessage, limit: number): Refusal | null {
  const { headers } = request;
  if (Number(headers["content-length"] ?? 0) > limit) return tooLarge(limit);
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return unsupported("a body with a content-encoding is not read; send it uncompressed");
  }
  // Other types are let be: curl says `application/x-www-form-urlencoded` of whatever -d is given.
  return headers["content-type"]?.startsWith("multipart/") === true
    ? unsupported("a multipart body is not read; send JSON")
    : null;
}

function unsupported(error: string): Refusal {
  return { status: 415, code: "http/unsupported-media", error };
}

function tooLarge(limit: number): Refusal {
  return {
    status: 413,
    code: "http/too-large",
    error: `the body is larger than ${limit} bytes`,
    close: true,
  };
}
