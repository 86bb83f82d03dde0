import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { registry } from "../checks/registry.ts";
import type { Claim, Stage } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Verdict } from "../claims/verdict.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { type Decision, gate } from "../gate/gate.ts";
import type { Model } from "../model/model.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Store } from "../store/store.ts";
import type { LoadedSpec } from "./load-spec.ts";
import type { Terminal } from "./terminal.ts";
import { digestOfFile, openEngine, openModel, openStore } from "./wire.ts";

export interface JudgeOptions {
  /** The candidate's file; without one the claims that need a model are undecided. */
  readonly model?: string;
  /** The store's folder; `.muster` beside the spec by default. */
  readonly store?: string;
  /** Only the claims of these stages; the gate then decides on them alone. */
  readonly stages?: readonly Stage[];
  readonly measure: "missing" | "all" | "nothing";
  readonly memory?: string;
}

export interface Judged {
  readonly claims: readonly Claim[];
  readonly verdicts: readonly Verdict[];
  readonly decision: Decision;
  /** Null without a candidate. Of one that is known from stored evidence alone there is no file. */
  readonly model: { readonly digest: string; readonly bytes?: number; readonly path?: string } | null;
  readonly measured: readonly Evidence[];
}

export const storeFolder = (
  loaded: Pick<LoadedSpec, "folder">,
  given: string | undefined,
  cwd: string,
): string => (given === undefined ? join(loaded.folder, ".muster") : resolve(cwd, given));

export const whoRuns = (terminal: Terminal): string => terminal.env.MUSTER_USER ?? userInfo().username;

/** Collects evidence, judges and gates; stores the run when something may be measured. */
export async function judgeSpec(
  loaded: LoadedSpec,
  options: JudgeOptions,
  terminal: Terminal,
  useStore?: Store,
): Promise<Judged> {
  const startedAt = new Date(terminal.now()).toISOString();
  const { spec } = loaded;
  const claims =
    options.stages === undefined
      ? loaded.claims
      : loaded.claims.filter((c) => options.stages?.includes(c.stage));
  const store = useStore ?? (await openStore(storeFolder(loaded, options.store, terminal.cwd)));
  try {
    const model = await candidate(loaded, options, terminal, store);
    terminal.progress("opening the data");
    const engine = await openEngine(options.memory === undefined ? {} : { memory: options.memory });
    try {
      const { verdicts, measured } = await evaluate(
        claims,
        registry,
        {
          engine,
          addresses: loaded.addresses,
          model:
            model === null
              ? null
              : {
                  digest: model.digest,
                  open: () => openCandidate(model),
                },
          contract: spec.contract,
          now: terminal.now,
          signal: terminal.signal,
          progress: terminal.progress,
        },
        {
          evidence: await store.evidence(spec.name),
          waivers: await store.waivers(spec.name),
          measure: options.measure,
        },
      );
      const decision = gate(claims, verdicts);
      if (options.measure !== "nothing") {
        terminal.progress("storing the evidence");
        const finishedAt = new Date(terminal.now()).toISOString();
        const run = {
          id: randomUUID(),
          spec: spec.name,
          specVersion: spec.version,
          specDigest: loaded.digest,
          modelDigest: model?.digest ?? null,
          verdict: decision.verdict,
          startedAt,
          finishedAt,
        };
        const details = JSON.stringify({
          run: run.id,
          verdict: run.verdict,
          measured: measured.length,
          counts: decision.counts,
        });
        await store.addRun(run, measured, {
          at: finishedAt,
          who: whoRuns(terminal),
          what: "check",
          spec: spec.name,
          details,
        });
      }
      terminal.done();
      return { claims, verdicts, decision, model, measured };
    } finally {
      await engine.close();
    }
  } finally {
    terminal.done();
    if (useStore === undefined) await store.close();
  }
}

/** The given file; without one, when nothing will be measured, the model of the last check. */
async function candidate(
  { spec }: LoadedSpec,
  { model, measure }: JudgeOptions,
  terminal: Terminal,
  store: Store,
): Promise<Judged["model"]> {
  if (model !== undefined) {
    const path = resolve(terminal.cwd, model);
    return { path, ...(await digestOfFile(path)) };
  }
  if (measure !== "nothing") return null;
  const last = (await store.runs(spec.name, 100)).find((run) => run.modelDigest !== null);
  return last?.modelDigest == null ? null : { digest: last.modelDigest };
}

async function openCandidate({ path, digest }: NonNullable<Judged["model"]>): Promise<Model> {
  if (path === undefined) throw new MusterError("model/unreadable", "no model was given (--model FILE)");
  return openModel(path, { purpose: "score", expectedDigest: digest });
}
