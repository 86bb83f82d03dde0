import { randomUUID } from "node:crypto";
import { MusterError } from "../source/muster-error.ts";
import { type Classified, needsApproval } from "../spec/diff/change.ts";
import { changeWords } from "../spec/diff/change-words.ts";
import { classifyChanges } from "../spec/diff/classify.ts";
import { loadAt } from "./diff-specs.ts";
import { earlierSpecs } from "./earlier-specs.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { storeFolder } from "./judge-spec.ts";
import { requireSpec } from "./print-diagnostics.ts";
import type { Terminal } from "./terminal.ts";
import { openStore } from "./wire.ts";

/** Approves a change that is really there: a mistyped fingerprint is told with those that are. */
export async function approve(
  fingerprint: string,
  given: string,
  options: {
    readonly by: string;
    readonly reason: string;
    readonly against?: string;
    readonly store?: string;
  },
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.by.trim() === "" || options.reason.trim().length < 10) {
    throw new MusterError(
      "call/bad-argument",
      "An approval needs who gives it, and a reason that a reader understands.",
    );
  }
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  const store = await openStore(storeFolder(loaded, options.store, terminal.cwd));
  try {
    const before =
      options.against === undefined
        ? (await earlierSpecs(loaded, store)).map((e) => e.spec)
        : [(await loadAt(options.against, given, terminal)).spec];
    const changes = before.flatMap((spec) => classifyChanges(spec, loaded.spec));
    const change = changes.find((c) => c.fingerprint === fingerprint);
    if (change === undefined) throw unknown(fingerprint, changes);
    const at = new Date(terminal.now()).toISOString();
    const by = options.by.trim();
    const approval = {
      id: randomUUID(),
      fingerprint,
      change: changeWords(change),
      by,
      reason: options.reason.trim(),
      approvedAt: at,
    };
    await store.addApproval(loaded.spec.name, approval, {
      at,
      who: by,
      what: "approve",
      spec: loaded.spec.name,
      details: JSON.stringify({ fingerprint, change: approval.change, reason: approval.reason }),
    });
    terminal.out(`${approval.change} is approved by ${by}: ${approval.reason}`);
    return exitCode.kept;
  } finally {
    await store.close();
  }
}

function unknown(fingerprint: string, changes: readonly Classified[]): MusterError {
  const open = [...new Map(changes.filter(needsApproval).map((c) => [c.fingerprint, c])).values()];
  const hint =
    open.length === 0
      ? "No change waits for an approval."
      : `These wait: ${open
          .slice(0, 10)
          .map((c) => `${c.fingerprint} (${changeWords(c)})`)
          .join("; ")}.`;
  return new MusterError("call/not-found", `No change of this spec has the fingerprint ${fingerprint}.`, {
    hint,
  });
}
