import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { registry } from "../checks/registry.ts";
import type { Claim, Stage } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Verdict } from "../claims/verdict.ts";
import { approvedChanges } from "../evaluate/approved-changes.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import type { LiveModel } from "../evaluate/workbench.ts";
import type { Decision } from "../gate/gate.ts";
import type { Model } from "../model/model.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { readPrepared } from "../prepare/prepared-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { parse } from "../spec/parse.ts";
import type { Release, Store } from "../store/store.ts";
import { allowedJudges } from "./allowed-judges.ts";
import { decide } from "./decide.ts";
import { earlierSpecs } from "./earlier-specs.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { memoryLimit } from "./memory-limit.ts";
import { identifyModel } from "./model-files.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine, openModel, openStore, openStoreToRead } from "./wire.ts";

export interface JudgeOptions {
  /** The candidate's file; without one the claims that need a model are undecided. */
  readonly model?: string;
  /** The store's folder; `.muster` beside the spec by default. */
  readonly store?: string;
  /** Only the claims of these stages. */
  readonly stages?: readonly Stage[];
  readonly measure: "missing" | "all" | "nothing";
  readonly memory?: string;
  /** How many calls the spec's judge models may be asked; none without it. */
  readonly judgeCalls?: number;
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

/** Who the audit names: `MUSTER_USER`, else the user of the operating system, by number where it has no name. */
export function whoRuns(terminal: Terminal): string {
  const named = terminal.env.MUSTER_USER?.trim();
  if (named) return named;
  try {
    return userInfo().username;
  } catch {
    // Containers often run as a user that no password file knows.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Collects evidence, judges and gates; stores the run when something may be measured. */
export async function judgeSpec(
  loaded: LoadedSpec,
  options: JudgeOptions,
  terminal: Terminal,
  useStore?: Store,
): Promise<Judged> {
  const memory = memoryLimit(options.memory);
  const startedAt = new Date(terminal.now()).toISOString();
  const { spec } = loaded;
  const claims =
    options.stages === undefined
      ? loaded.claims
      : loaded.claims.filter((c) => options.stages?.includes(c.stage));
  const open = options.measure === "nothing" ? openStoreToRead : openStore;
  // It goes on starting while the store is opened.
  const engine = await openEngine(memory);
  try {
    const store = useStore ?? (await open(storeFolder(loaded, options.store, terminal.cwd)));
    try {
      const model = await candidate(loaded, options, terminal, store);
      terminal.progress("opening the data");
      const evidence = await store.evidence(spec.name);
      const { verdicts: measuredVerdicts, measured } = await evaluate(
        claims,
        registry,
        {
          engine,
          addresses: loaded.addresses,
          renames: loaded.renames,
          model:
            model === null
              ? null
              : {
                  digest: model.digest,
                  open: () => openCandidate(model),
                },
          live: await liveRelease(loaded, options, terminal, store),
          contract: spec.contract,
          ...(options.judgeCalls === undefined
            ? {}
            : { judges: allowedJudges(spec, options.judgeCalls, terminal) }),
          now: terminal.now,
          signal: terminal.signal,
          progress: terminal.progress,
        },
        {
          evidence,
          attempts: await store.attempts(spec.name),
          waivers: await store.waivers(spec.name),
          measure: options.measure,
        },
      );
      const changes =
        options.stages?.includes("release") === false
          ? []
          : await changesToApprove(loaded, store, evidence, terminal);
      const verdicts = [...measuredVerdicts, ...changes];
      const held = [...claims, ...changes.map((v) => v.claim)];
      const decision = decide(spec, held, verdicts, options.stages);
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
        await store.keepSpec({
          spec: spec.name,
          digest: loaded.digest,
          text: loaded.text,
          keptAt: finishedAt,
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
      terminal.done();
      if (useStore === undefined) await store.close();
    }
  } finally {
    await engine.close();
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
    return { path, ...(await identifyModel(path)) };
  }
  if (measure !== "nothing") return null;
  const last = (await store.runs(spec.name, 100)).find((run) => run.modelDigest !== null);
  return last?.modelDigest == null ? null : { digest: last.modelDigest };
}

/** What the candidate is compared with; null while no release is live. A file that is gone is told when it is needed. */
export async function liveRelease(
  loaded: LoadedSpec,
  options: Pick<JudgeOptions, "store">,
  terminal: Terminal,
  store: Store,
): Promise<LiveModel | null> {
  const live = await store.pointer(loaded.spec.name, "live");
  const release = live === null ? null : await store.release(loaded.spec.name, live.release);
  if (release === null) return null;
  const path = resolve(storeFolder(loaded, options.store, terminal.cwd), release.modelPath);
  return {
    digest: release.modelDigest,
    // Fitted values are read by the inputs of the release's own contract; its text was parsed when it was released.
    prepared: preparedOf(release),
    open: () => openModel(path, { purpose: "score", expectedDigest: release.modelDigest }),
  };
}

/** What the release's own contract was fitted to; null where Muster carries no step of it out. */
function preparedOf(release: Release): Fitted | null {
  if (release.prepared === undefined) return null;
  const inputs = parse(release.specText, release.id).spec?.contract?.inputs ?? [];
  return readPrepared(release.prepared, inputs, `The preprocessing of release ${release.id}`);
}

async function openCandidate({ path, digest }: NonNullable<Judged["model"]>): Promise<Model> {
  if (path === undefined) throw new MusterError("model/unreadable", "no model was given (--model FILE)");
  return openModel(path, { purpose: "score", expectedDigest: digest });
}

/** Changes of what was released or checked before; they are claims of the stage release. */
async function changesToApprove(
  loaded: LoadedSpec,
  store: Store,
  evidence: readonly Evidence[],
  terminal: Terminal,
): Promise<readonly Verdict[]> {
  const { spec, claims, places } = loaded;
  const earlier = await earlierSpecs(loaded, store);
  if (earlier.length === 0) return [];
  const history = { earlier, approvals: await store.approvals(spec.name), evidence };
  return approvedChanges(spec, claims, places, history, registry, terminal.now());
}
