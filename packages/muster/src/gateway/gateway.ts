import { randomBytes } from "node:crypto";
import type { Profile } from "../claims/profile.ts";
import type { Model } from "../model/model.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Spec } from "../spec/spec.ts";
import { AnswerCache } from "./answer-cache.ts";
import { ClientLimit } from "./client-limit.ts";
import { planContract } from "./contract-plan.ts";
import type { GatewayStats } from "./gateway-stats.ts";
import { compileCheck } from "./generated-check.ts";
import { createHandler } from "./handler.ts";
import { Inference } from "./inference.ts";
import { Journal } from "./journal.ts";
import { type JournalDisk, nodeDisk } from "./journal-disk.ts";
import { RecordWriter } from "./journal-record.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Listener } from "./listener.ts";
import { Predictor } from "./predict.ts";
import { identityOf, type ServedRelease } from "./release-identity.ts";

export interface GatewayOptions {
  readonly spec: Spec;
  readonly release: ServedRelease;
  /** Digests of the serving claims, by what they rule; every answer carries them. */
  readonly claims: Readonly<Record<string, string>>;
  /** With its batching, if any. The gateway does not close it. */
  readonly model: Model;
  readonly profile: Profile;
  /** What the release's preprocessing has learnt; needed where the contract has steps that Muster carries out. */
  readonly fitted?: Fitted | null;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Made if it does not exist. Several gateways may share one. */
  readonly journalDir: string;
  /** Milliseconds since 1970, for records. */
  readonly now?: () => number;
  /** Monotonic milliseconds, for budgets and rates. */
  readonly clock?: () => number;
  readonly limits?: Partial<Limits>;
  /**
   * Told of every failed run of the model and every mistake of ours: callers get to know neither's cause. Must not
   * throw.
   */
  readonly report?: (problem: MusterError) => void;
  readonly journalDisk?: JournalDisk;
  /** The server's own version, for `GET /v2`. */
  readonly version?: string;
}

export interface Gateway {
  readonly address: string;
  readonly port: number;
  /** What the spec states and the gateway does not do yet, one sentence each. */
  readonly notices: readonly string[];
  stats(): GatewayStats;
  /**
   * Withdraws readiness, finishes what is under way, writes the journal out and closes. A second call does not
   * wait any more: connections are cut.
   */
  stop(): Promise<void>;
}

/**
 * Serves one release under its spec. Resolves when requests are taken; throws `gateway/not-started` when the spec
 * promises what this model or this gateway cannot do, when the port is taken, or when the journal cannot be written.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { spec, model, profile, release, claims } = options;
  const now = options.now ?? Date.now;
  const clock = options.clock ?? (() => performance.now());
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const report = options.report ?? (() => {});
  const plan = planContract(spec, model.signature, profile, options.fitted ?? null);
  if (model.digest !== release.modelDigest) {
    throw notStarted(
      `release ${release.id} is of the model ${release.modelDigest}, but ${model.digest} was loaded`,
    );
  }
  if (!/^[\x21-\x7e]{1,128}$/.test(release.id)) throw notStarted("the release's id is not fit for a header");
  const identity = identityOf(release, claims);
  const { check, generated } = compileCheck(plan);
  const run = randomBytes(6).toString("hex");
  const journal = openJournal(options, run, limits, { now, clock });
  const { throughput, latency, log } = spec.deployment ?? {};
  const perClient = throughput?.per_client;
  const predictor = new Predictor({
    plan,
    check,
    model,
    timeoutMs: latency?.timeout?.ms ?? limits.modelMs,
    cache: plan.late === "cached" ? new AnswerCache(limits.cachedAnswers) : null,
    mostAbandoned: limits.abandonedRuns,
    clock,
    now,
    report,
  });
  const inference = new Inference({
    name: spec.name,
    run,
    plan,
    identity,
    predictor,
    journal,
    records: new RecordWriter(plan, identity, log?.redact ?? []),
    clientLimit: perClient === undefined ? null : new ClientLimit(perClient.perSecond, limits.clients),
    limits,
    now,
    clock,
    report,
  });
  let ready = true;
  const stats = (): GatewayStats => ({
    answers: inference.answers.entries(),
    refusals: inference.refusals.entries(),
    inFlight: inference.inFlight,
    late: inference.late,
    abandoned: predictor.abandoned,
    replaced: model.health?.().replaced ?? 0,
    connections: listener.connections,
    journal: journal.stats,
    generatedCheck: generated,
  });
  const notReady = (): string | null => {
    if (!ready) return "the gateway is stopping";
    if (!journal.probe()) return "the journal cannot be written";
    const hangs = predictor.abandoned >= limits.abandonedRuns || model.health?.().ready === false;
    return hangs ? "the model is not running" : null;
  };
  const platform = model.signature.platform;
  const handle = createHandler({
    name: spec.name,
    platform,
    version: options.version ?? "0",
    plan,
    identity,
    inference,
    stats,
    notReady,
  });
  const listener = new Listener(handle, identity, limits);
  try {
    await listener.listen(options.host, options.port);
  } catch (error) {
    await journal.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new MusterError(
      "gateway/not-started",
      `cannot listen on ${options.host}:${options.port}: ${reason}`,
      {
        cause: error,
        hint: "Choose another port, or end what holds this one.",
      },
    );
  }

  let stopping: Promise<void> | null = null;
  let force: () => void = () => {};
  const forced = new Promise<void>((resolve) => {
    force = resolve;
  });
  const stopGracefully = async (): Promise<void> => {
    ready = false;
    if (limits.drainMs > 0) await Promise.race([delay(limits.drainMs), forced]);
    inference.refuseAll();
    await Promise.race([inference.idle(), delay(limits.finishMs), forced]);
    await journal.close();
    await listener.close();
  };
  return {
    address: listener.address,
    port: listener.port,
    notices: plan.notices,
    stats,
    stop: () => {
      if (stopping === null) {
        stopping = stopGracefully();
      } else {
        force();
        listener.cut();
      }
      return stopping;
    },
  };
}

function openJournal(
  options: GatewayOptions,
  run: string,
  limits: Limits,
  clocks: { now: () => number; clock: () => number },
): Journal {
  const { release, spec, claims, journalDir } = options;
  try {
    return new Journal({
      dir: journalDir,
      run,
      survives: spec.deployment?.log?.survives ?? "crash",
      segmentBytes: limits.segmentBytes,
      header: {
        spec: spec.name,
        spec_version: release.specVersion,
        spec_digest: release.specDigest,
        release: release.id,
        model_digest: release.modelDigest,
        claims,
      },
      ...clocks,
      disk: options.journalDisk ?? nodeDisk,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MusterError(
      "gateway/not-started",
      `the journal cannot be written to ${journalDir}: ${reason}`,
      {
        cause: error,
        hint: "Make the folder writable or name another one.",
      },
    );
  }
}

function notStarted(message: string): MusterError {
  return new MusterError("gateway/not-started", message);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
