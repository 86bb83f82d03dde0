import type { IncomingMessage, ServerResponse } from "node:http";
import type { ContractPlan } from "./contract-plan.ts";
import { expose } from "./exposition.ts";
import type { GatewayStats } from "./gateway-stats.ts";
import type { Inference } from "./inference.ts";
import { modelMetadata, serverMetadata } from "./protocol/oip-metadata.ts";
import type { Refusal } from "./refusal.ts";
import type { Identity } from "./release-identity.ts";
import { sendJson, sendRefusal } from "./reply.ts";
import { type Found, routeOf } from "./router.ts";

export interface HandlerOptions {
  readonly name: string;
  readonly platform: string;
  readonly version: string;
  readonly plan: ContractPlan;
  readonly identity: Identity;
  readonly inference: Inference;
  readonly stats: () => GatewayStats;
  /** Why no traffic should come here just now; null when it may. */
  readonly notReady: () => string | null;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** From a request's method and path to its answer; predictions go to `Inference`, everything else is answered here. */
export function createHandler(options: HandlerOptions): Handler {
  const { name, platform, version, plan, identity, inference, stats, notReady } = options;
  const headers = { "muster-release": identity.release.id, "muster-claims": identity.claimsText };
  const server = JSON.stringify(serverMetadata(version, identity));
  const model = JSON.stringify(modelMetadata(name, platform, plan, identity));
  const models = JSON.stringify({ models: [name] });
  const live = JSON.stringify({ live: true });

  /** All readings of the protocol at once: its text, its schema, and the clients that look for a key or a status. */
  const health = (request: IncomingMessage, response: ServerResponse, said: object): void => {
    const problem = notReady();
    if (problem === null) {
      sendJson(response, 200, JSON.stringify({ ...said, ready: true }), headers);
      return;
    }
    const refusal: Refusal = { status: 503, code: "gateway/not-ready", error: `not ready: ${problem}` };
    sendRefusal(request, response, refusal, identity, null, headers, { ...said, ready: false });
  };

  return (request, response) => {
    const found = routeOf(request.method ?? "", request.url ?? "", name, identity.release.id);
    if (found.kind !== "found") {
      const refusal = refusalOf(found);
      inference.refusals.add(refusal.code);
      sendRefusal(request, response, refusal, identity, null, headers);
      return;
    }
    switch (found.route) {
      case "infer":
        void inference.handle("oip", request, response);
        break;
      case "predict":
        void inference.handle("plain", request, response);
        break;
      case "live":
        sendJson(response, 200, live, headers);
        break;
      case "ready":
        health(request, response, { live: true });
        break;
      case "model-ready":
        health(request, response, { name, version: identity.release.id });
        break;
      case "server":
        sendJson(response, 200, server, headers);
        break;
      case "models":
        sendJson(response, 200, models, headers);
        break;
      case "model":
        sendJson(response, 200, model, headers);
        break;
      case "metrics":
        sendJson(response, 200, expose(stats(), inference.latency, notReady() === null), {
          ...headers,
          "content-type": "text/plain; version=0.0.4; charset=utf-8",
        });
        break;
      default:
        found.route satisfies never;
    }
  };
}

function refusalOf(found: Exclude<Found, { kind: "found" }>): Refusal {
  if (found.kind === "unknown") {
    return { status: 404, code: "http/not-found", error: `there is no such ${found.what} here` };
  }
  const { allow } = found;
  return { status: 405, code: "http/wrong-method", error: `use ${allow}`, allow };
}
