import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Limits } from "./limits.ts";
import type { Refusal } from "./refusal.ts";
import type { Identity } from "./release-identity.ts";
import { refusalJson, sendRefusal } from "./reply.ts";

/** The HTTP server with every limit set: slow or malformed requests end in a JSON error, never in a held socket. */
export class Listener {
  readonly #server: Server;
  readonly #identity: Identity;
  #connections = 0;

  constructor(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
    identity: Identity,
    limits: Limits,
  ) {
    this.#identity = identity;
    this.#server = createServer(
      {
        headersTimeout: Math.min(limits.headersMs, limits.requestMs),
        requestTimeout: limits.requestMs,
        keepAliveTimeout: limits.keepAliveMs,
        // Node looks for requests out of time only this often; its own 30 s would make shorter limits a fiction.
        connectionsCheckingInterval: Math.max(50, Math.min(1000, limits.headersMs, limits.requestMs)),
        maxHeaderSize: 16_384,
        // Node would answer a request without Host by itself, without a body; nothing here depends on that header.
        requireHostHeader: false,
      },
      handle,
    );
    this.#server.timeout = limits.silenceMs;
    this.#server.maxConnections = limits.connections;
    this.#server.on("connection", (socket: Socket) => {
      this.#connections += 1;
      socket.once("close", () => {
        this.#connections -= 1;
      });
    });
    this.#server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
      this.#refuseRaw(error, socket),
    );
    this.#server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
      const error = "only Expect: 100-continue is understood";
      const refusal: Refusal = { status: 417, code: "http/unsupported-expectation", error, close: true };
      sendRefusal(request, response, refusal, identity, null, {
        "muster-release": identity.release.id,
        "muster-claims": identity.claimsText,
      });
    });
  }

  get connections(): number {
    return this.#connections;
  }

  get address(): string {
    return this.#bound().address;
  }

  get port(): number {
    return this.#bound().port;
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
  }

  /** Takes no more connections, ends the idle ones and waits for the rest. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
      // What is left has no prediction under way: it is a half-sent request or a client that does not read.
      setTimeout(() => this.cut(), 500).unref();
    });
  }

  cut(): void {
    this.#server.closeAllConnections();
  }

  #bound(): AddressInfo {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address : { address: "", family: "", port: 0 };
  }

  /** What Node could not parse has no response object. */
  #refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
    if (!socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const [phrase, refusal] = rawRefusal(error.code);
    const body = refusalJson(refusal, this.#identity, null);
    const head = [
      `HTTP/1.1 ${refusal.status} ${phrase}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      `muster-release: ${this.#identity.release.id}`,
      `muster-claims: ${this.#identity.claimsText}`,
      "muster-policy: rejected",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
    setTimeout(() => socket.destroy(), 1000).unref();
  }
}

function rawRefusal(code: string | undefined): [phrase: string, refusal: Refusal] {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    const error = "the request did not come in time";
    return ["Request Timeout", { status: 408, code: "http/too-slow", error }];
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    const error = "the headers are larger than 16384 bytes";
    return ["Request Header Fields Too Large", { status: 431, code: "http/headers-too-large", error }];
  }
  const error = "the request is not HTTP as it should be";
  return ["Bad Request", { status: 400, code: "http/bad-request", error }];
}
