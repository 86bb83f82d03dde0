/** How one exchange ended. `again`: the same call may go better later, after so many milliseconds if the server said. */
export type Posted =
  | { readonly kind: "answered"; readonly body: string }
  | {
      readonly kind: "failed";
      readonly because: string;
      readonly again: boolean;
      readonly after?: number;
    }
  | { readonly kind: "refused"; readonly because: string };

/** No reply to one question is longer. */
const mostBytes = 262_144;
/** Servers may ask to wait; longer than this nobody does. */
const longestWait = 30_000;

/**
 * Posts JSON and reads the reply within a bound on its size and time. What a server writes into an error is not passed
 * on: it may repeat the key. Follows no redirect, as that would take the key elsewhere. Rejects only when `signal`
 * aborts.
 */
export async function postJson(
  address: string,
  key: string | null,
  body: unknown,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Posted> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.ok) return await bounded(response);
    await response.body?.cancel();
    return ofStatus(response);
  } catch {
    signal?.throwIfAborted();
    if (timeout.aborted) return { kind: "failed", because: `no reply within ${timeoutMs} ms`, again: true };
    return { kind: "failed", because: "the connection failed", again: true };
  }
}

async function bounded(response: Response): Promise<Posted> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > mostBytes) {
      await reader.cancel();
      return { kind: "failed", because: `the reply is longer than ${mostBytes} bytes`, again: false };
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return { kind: "answered", body: new TextDecoder().decode(whole) };
}

function ofStatus({ status, headers }: Response): Posted {
  const because = `the server answered ${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    const after =
      Number.isFinite(seconds) && seconds >= 0 ? Math.min(longestWait, seconds * 1000) : undefined;
    return { kind: "failed", because, again: true, ...(after === undefined ? {} : { after }) };
  }
  // A key, a path or a model that is wrong for one call is wrong for all. A redirect has the status 0 or 3xx.
  if (status === 413 || status === 422) return { kind: "failed", because, again: false };
  return { kind: "refused", because };
}
