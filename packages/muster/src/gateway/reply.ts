import type { IncomingMessage, ServerResponse } from "node:http";
import { policyOf, type Refusal } from "./refusal.ts";
import type { Identity } from "./release-identity.ts";
import type { Violation } from "./violation.ts";

/** How long a client whose body we refuse may go on sending, so that it gets to read why. */
const lingerMs = 1000;

export function sendJson(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  // A client may be gone by now; what it was answered is in the journal.
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  identity: Identity,
  ids: RequestIds | null,
  headers: Readonly<Record<string, string>>,
  said: object = {},
): void {
  const { status, retryAfterSeconds, allow, close } = refusal;
  const text = refusalJson(refusal, identity, ids, said);
  const all = {
    ...headers,
    "muster-policy": policyOf(refusal),
    ...(retryAfterSeconds === undefined
      ? {}
      : { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    ...(allow === undefined ? {} : { allow }),
  };
  if (close === true) sendThenClose(request, response, status, text, all);
  else sendJson(response, status, text, all);
}

/**
 * Answers while the body is still coming. Closing a socket with unread bytes resets it, and the client would lose
 * the answer: so what comes is thrown away until the client has read the answer and closes, or the time is over.
 */
function sendThenClose(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    connection: "close",
    ...headers,
  });
  response.write(text);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once("end", end).once("close", end).resume();
}

/** Ours and the caller's; the caller's is given back when there is one. */
export interface RequestIds {
  readonly id: string;
  readonly clientId: string | null;
}

/** `{"error", "code", ..}`: the Open Inference Protocol's error, with a code for machines beside it. */
export function refusalJson(
  refusal: Refusal,
  identity: Identity,
  ids: RequestIds | null,
  said: object = {},
): string {
  const { error, code, violations } = refusal;
  return JSON.stringify({
    ...said,
    error: violations === undefined ? error : withFirst(error, violations),
    code,
    policy: policyOf(refusal),
    release: identity.release.id,
    claims: identity.claims,
    ...(ids === null ? {} : { id: ids.clientId ?? ids.id }),
    ...(violations === undefined ? {} : { violations }),
  });
}

/**
 * Clients of the Open Inference Protocol show their users `error` and nothing else. The first message is put there for them, and not
 * in the refusal itself, which is journaled: messages quote values, and some are not to be logged.
 */
function withFirst(error: string, violations: readonly Violation[]): string {
  const [first, second] = violations;
  if (first === undefined) return error;
  return `${error}${second === undefined ? ": " : ", the first: "}${first.message}`;
}
