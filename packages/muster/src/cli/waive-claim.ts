import { randomUUID } from "node:crypto";
import { claimDigest } from "../evaluate/waivers.ts";
import { MusterError } from "../source/muster-error.ts";
import { suggest } from "../source/suggest.ts";
import type { Store } from "../store/store.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { judgeSpec, storeFolder } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openStore } from "./wire.ts";

/** A waiver is for a while, never for good: nobody remembers an exception after a year. */
const longestDays = 366;

/** Signs a waiver of one claim as it is worded now. */
export async function waive(
  claimId: string,
  given: string,
  options: {
    readonly by: string;
    readonly reason: string;
    readonly expires: string;
    readonly store?: string;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const claim = loaded.claims.find((c) => c.id === claimId);
  if (claim === undefined) {
    const near = suggest(
      claimId,
      loaded.claims.map((c) => c.id),
    );
    throw new MusterError("call/not-found", `${loaded.spec.name} has no claim ${claimId}.`, {
      hint: near === null ? "muster status shows the claims." : `Did you mean ${near}?`,
    });
  }
  const now = terminal.now();
  const expires = dayOf(options.expires);
  if (Number.isNaN(expires) || expires <= now || expires > now + longestDays * 86_400_000) {
    throw new MusterError(
      "call/bad-argument",
      `--expires ${options.expires} is no day within the coming year.`,
      {
        hint: "Write it as 2026-12-31.",
      },
    );
  }
  if (options.by.trim() === "" || options.reason.trim().length < 10) {
    throw new MusterError(
      "call/bad-argument",
      "A waiver needs who accepts it, and a reason that a reader understands.",
    );
  }
  const store = await openStore(storeFolder(loaded, options.store, terminal.cwd));
  try {
    await refuseIfKept(claimId, loaded, store, terminal);
    const at = new Date(now).toISOString();
    const waiver = {
      id: randomUUID(),
      claimId,
      claimDigest: claimDigest(claim),
      by: options.by.trim(),
      reason: options.reason.trim(),
      signedAt: at,
      expiresAt: new Date(expires).toISOString(),
    };
    await store.addWaiver(loaded.spec.name, waiver, {
      at,
      who: waiver.by,
      what: "waive",
      spec: loaded.spec.name,
      details: JSON.stringify({ claim: claimId, reason: waiver.reason, expires: waiver.expiresAt }),
    });
    terminal.out(`${claimId} is waived by ${waiver.by} until ${options.expires}: ${waiver.reason}`);
    return exitCode.kept;
  } finally {
    await store.close();
  }
}

/** A waiver of a claim that holds would be one for whatever breaks it later, which nobody has looked at. */
async function refuseIfKept(
  claimId: string,
  loaded: LoadedSpec,
  store: Store,
  terminal: Terminal,
): Promise<void> {
  const { verdicts } = await judgeSpec(loaded, { measure: "nothing" }, terminal, store);
  const verdict = verdicts.find((v) => v.claim.id === claimId);
  if (verdict?.outcome.kind !== "kept" || verdict.stale) return;
  throw new MusterError("call/bad-argument", `${claimId} is kept: there is nothing to accept.`, {
    hint: "This is about the model that was checked last; check the candidate that breaks it first.",
  });
}

/** The beginning of a day in UTC; NaN for what is none. JavaScript alone would read 30 February as 2 March. */
function dayOf(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text) ? day : Number.NaN;
}
