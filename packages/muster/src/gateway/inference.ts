import type { IncomingMessage, ServerResponse } from "node:http";
import { MusterError } from "../source/muster-error.ts";
import type { ClientLimit } from "./client-limit.ts";
import { clientOf } from "./client-limit.ts";
import type { ContractPlan } from "./contract-plan.ts";
import type { Journal } from "./journal.ts";
import type { RecordWriter } from "./journal-record.ts";
import type { Limits } from "./limits.ts";
import { LabelledCounter, LatencyHistogram } from "./metrics.ts";
import type { Outcome, Predictor } from "./predict.ts";
import { encodeOip } from "./protocol/oip-answer.ts";
import { decodeOip } from "./protocol/oip-body.ts";
import type { OipRequest } from "./protocol/oip-request.ts";
import { decodePlain, encodePlain, type PlainRequest } from "./protocol/plain.ts";
import type { Refusal } from "./refusal.ts";
import type { Identity } from "./release-identity.ts";
import { sendJson, sendRefusal } from "./reply.ts";
import { readBody } from "./request-body.ts";
import type { RequestMeta } from "./request-meta.ts";
import type { RowAnswer } from "./row-answer.ts";

export interface InferenceOptions {
  readonly name: string;
  readonly run: string;
  readonly plan: ContractPlan;
  readonly identity: Identity;
  readonly predictor: Predictor;
  readonly journal: Journal;
  readonly records: RecordWriter;
  readonly clientLimit: ClientLimit | null;
  readonly limits: Limits;
  readonly now: () => number;
  readonly clock: () => number;
  readonly report: (problem: MusterError) => void;
}

/** Ids come back in headers and go into logs, so only what cannot break a line or hide in one is taken. */
const safeId = /^[\x21-\x7e]{1,128}$/;

/**
 * One prediction request from its headers to its reply: limits, body, protocol, prediction, journal, reply, in
 * this order. Nothing is answered before the journal has it.
 */
export class Inference {
  readonly answers: LabelledCounter = new LabelledCounter();
  readonly refusals: LabelledCounter = new LabelledCounter();
  readonly latency: LatencyHistogram = new LatencyHistogram();
  readonly #options: InferenceOptions;
  #refusing = false;
  #inFlight = 0;
  #requests = 0;
  #late = 0;
  #idle: (() => void)[] = [];

  constructor(options: InferenceOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Answers of the model that came too late to be given. */
  get late(): number {
    return this.#late;
  }

  /** From now on every prediction request is refused: the gateway stops. */
  refuseAll(): void {
    this.#refusing = true;
  }

  /** Settles when no request is under way. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#inFlight === 0) resolve();
      else this.#idle.push(resolve);
    });
  }

  async handle(protocol: "oip" | "plain", request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, now, run } = this.#options;
    this.#requests += 1;
    const id = `${run}-${this.#requests.toString(36)}`;
    const sent = request.headers["x-request-id"];
    const clientId = typeof sent === "string" && safeId.test(sent) ? sent : null;
    let meta: RequestMeta = { id, clientId, protocol, time: now(), startedAt: clock() };
    const client = this.#options.clientLimit === null ? "" : clientOf(request.socket.remoteAddress);
    const refusal = this.#admit(client);
    if (refusal !== null) {
      this.#refuse(request, response, meta, refusal);
      return;
    }
    this.#inFlight += 1;
    try {
      const body = await readBody(request, this.#options.limits.bodyBytes);
      if (body === null) {
        this.#done();
        return;
      }
      // The budget is for queueing and the model; how long a caller takes to send is the caller's affair.
      meta = { ...meta, startedAt: clock() };
      const decoded = "status" in body ? body : this.#decode(protocol, body, request);
      if ("status" in decoded) {
        this.#refuse(request, response, meta, decoded, () => this.#done());
        return;
      }
      if (decoded.kind === "oip") meta = { ...meta, clientId: decoded.clientId ?? clientId };
      this.#options.clientLimit?.charge(client, decoded.rows.length - 1, clock());
      const outcome = await this.#predict(decoded, meta);
      if (outcome.kind === "refused")
        this.#refuse(request, response, meta, outcome.refusal, () => this.#done());
      else this.#answer(request, response, meta, decoded, outcome);
    } catch (caught) {
      this.#options.report(MusterError.from(caught));
      const error = "Muster made a mistake on this request; please report it";
      this.#refuse(request, response, meta, { status: 500, code: "internal", error }, () => this.#done());
    }
  }

  #admit(client: string): Refusal | null {
    const { limits, clientLimit, clock } = this.#options;
    if (this.#refusing) {
      const error = "the gateway is stopping";
      return { status: 503, code: "gateway/draining", error, retryAfterSeconds: 1 };
    }
    if (this.#inFlight >= limits.inFlight) {
      const error = `${limits.inFlight} requests are under way, no more are taken`;
      return { status: 503, code: "gateway/overloaded", error, retryAfterSeconds: 1 };
    }
    const wait = clientLimit?.admit(client, clock()) ?? 0;
    if (wait <= 0) return null;
    const error =
      "this client asks for more predictions a second than deployment.throughput.per_client allows";
    return { status: 429, code: "gateway/rate-limited", error, retryAfterSeconds: wait / 1000 };
  }

  #decode(
    protocol: "oip" | "plain",
    body: Buffer,
    request: IncomingMessage,
  ): OipRequest | PlainRequest | Refusal {
    const { plan, limits } = this.#options;
    return protocol === "plain"
      ? decodePlain(body, limits)
      : decodeOip(body, request.headers["inference-header-content-length"], plan, limits);
  }

  #predict(decoded: OipRequest | PlainRequest, meta: RequestMeta): Promise<Outcome> {
    const { predictor, journal, records, clock } = this.#options;
    return predictor.predict({
      rows: decoded.rows,
      violations: decoded.kind === "oip" ? decoded.violations : [],
      startedAt: meta.startedAt,
      budgetMs: decoded.kind === "oip" ? decoded.budgetMs : null,
      onLate: (late) => {
        if (late.kind === "rows") this.#late += late.rows.length;
        journal.append(records.late(meta, late, clock() - meta.startedAt), () => {});
      },
    });
  }

  #answer(
    request: IncomingMessage,
    response: ServerResponse,
    meta: RequestMeta,
    decoded: OipRequest | PlainRequest,
    outcome: Extract<Outcome, { kind: "answered" }>,
  ): void {
    const { name, plan, identity, journal, records, clock } = this.#options;
    const policy = policyOfRows(outcome.rows);
    const latencyMs = clock() - meta.startedAt;
    const lines = records.answers(meta, decoded.rows, outcome.columns, outcome.rows, latencyMs);
    const text =
      decoded.kind === "plain"
        ? encodePlain(decoded, plan, outcome.rows, policy, meta, identity)
        : encodeOip(decoded, name, plan, outcome.rows, policy, meta, identity);
    journal.append(lines, (problem) => {
      this.#finish(response, () => {
        if (problem !== null) {
          this.#sendRefusal(request, response, meta, this.#journalRefusal(problem));
          return;
        }
        for (const row of outcome.rows) this.answers.add(row.policy);
        this.latency.observe(clock() - meta.startedAt);
        sendJson(response, 200, text, { ...this.#headers(meta), "muster-policy": policy });
      });
      this.#done();
    });
  }

  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    meta: RequestMeta,
    refusal: Refusal,
    done: () => void = () => {},
  ): void {
    const { journal, records, clock } = this.#options;
    journal.append([records.refusal(meta, refusal, clock() - meta.startedAt)], (problem) => {
      this.#finish(response, () => {
        this.#sendRefusal(
          request,
          response,
          meta,
          problem === null ? refusal : this.#journalRefusal(problem),
        );
      });
      done();
    });
  }

  #sendRefusal(
    request: IncomingMessage,
    response: ServerResponse,
    meta: RequestMeta,
    refusal: Refusal,
  ): void {
    this.refusals.add(refusal.code);
    sendRefusal(request, response, refusal, this.#options.identity, meta, this.#headers(meta));
  }

  /** The caller gets to know the system's code alone, as its message names the journal's path. */
  #journalRefusal(problem: Error): Refusal {
    const { message } = problem;
    this.#options.report(
      new MusterError("internal", `the journal cannot be written: ${message}`, { cause: problem }),
    );
    const code = "code" in problem && typeof problem.code === "string" ? ` (${problem.code})` : "";
    return {
      status: 503,
      code: "journal/failed",
      error: `the journal cannot be written${code}, and nothing is answered that is not in it`,
      retryAfterSeconds: 1,
    };
  }

  /** One reply that cannot be sent must not keep the others of its journal group from being sent. */
  #finish(response: ServerResponse, send: () => void): void {
    try {
      send();
    } catch {
      response.destroy();
    }
  }

  #headers(meta: RequestMeta): Record<string, string> {
    const { identity } = this.#options;
    const headers: Record<string, string> = {
      "muster-release": identity.release.id,
      "muster-claims": identity.claimsText,
      "muster-id": meta.id,
    };
    if (meta.clientId !== null && safeId.test(meta.clientId)) headers["x-request-id"] = meta.clientId;
    return headers;
  }

  #done(): void {
    this.#inFlight -= 1;
    if (this.#inFlight > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** `mixed` when the rows of one request were answered differently. */
function policyOfRows(rows: readonly RowAnswer[]): string {
  const first = rows[0]?.policy ?? "model";
  return rows.every(({ policy }) => policy === first) ? first : "mixed";
}
