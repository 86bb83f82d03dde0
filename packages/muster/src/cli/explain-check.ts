import { resolve } from "node:path";
import { registry } from "../checks/registry.ts";
import type { Stage } from "../claims/claim.ts";
import { explain } from "../evaluate/explain.ts";
import { planJson } from "../report/plan-json.ts";
import { planText } from "../report/plan-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { liveRelease, storeFolder } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { memoryLimit } from "./memory-limit.ts";
import { identifyModel } from "./model-files.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine, openStoreToRead } from "./wire.ts";

interface ExplainCheckOptions {
  readonly model?: string;
  readonly stages?: readonly Stage[];
  readonly store?: string;
  readonly memory?: string;
  readonly fresh?: boolean;
  readonly format: "text" | "json";
}

/** `muster check --explain`: what check would read, with nothing measured and nothing stored. */
export async function explainCheck(
  loaded: LoadedSpec,
  { model, stages, store: folder, memory, fresh, format }: ExplainCheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const claims = loaded.claims.filter((claim) => stages === undefined || stages.includes(claim.stage));
  const store = await openStoreToRead(storeFolder(loaded, folder, terminal.cwd));
  try {
    const path = model === undefined ? null : resolve(terminal.cwd, model);
    const candidate = path === null ? null : await identifyModel(path);
    const engine = await openEngine(memoryLimit(memory));
    try {
      terminal.progress("planning");
      const bench = {
        engine,
        addresses: loaded.addresses,
        renames: loaded.renames,
        model: candidate === null ? null : { digest: candidate.digest, open: neverOpened },
        live: await liveRelease(loaded, folder === undefined ? {} : { store: folder }, terminal, store),
        contract: loaded.spec.contract,
        now: terminal.now,
        signal: terminal.signal,
      };
      const options = {
        evidence: await store.evidence(loaded.spec.name),
        measure: fresh === true ? ("all" as const) : ("missing" as const),
      };
      const plan = await explain(claims, registry, bench, options);
      terminal.done();
      terminal.out(format === "json" ? planJson(plan) : planText(plan));
      return exitCode.kept;
    } finally {
      await engine.close();
    }
  } finally {
    terminal.done();
    await store.close();
  }
}

async function neverOpened(): Promise<never> {
  throw new MusterError("internal", "This is a mistake in Muster, please report it: a plan opened the model");
}
