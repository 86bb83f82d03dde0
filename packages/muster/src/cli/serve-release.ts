import { once } from "node:events";
import { join, resolve } from "node:path";
import type { Profile } from "../claims/profile.ts";
import { policyDigests } from "../evaluate/policy-digests.ts";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import { ProblemLog } from "../gateway/problem-log.ts";
import { readPrepared } from "../prepare/prepared-text.ts";
import { MusterError } from "../source/muster-error.ts";
import { parse } from "../spec/parse.ts";
import type { Release } from "../store/store.ts";
import { batchedIfSame } from "./batched-if-same.ts";
import { exampleRequest } from "./example-request.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { storeFolder } from "./judge-spec.ts";
import { compileText } from "./load-spec.ts";
import { wholeNumber } from "./number-option.ts";
import { readSpec, type SpecFile } from "./read-spec.ts";
import { sampleTensors } from "./sample-tensors.ts";
import { shellWord } from "./shell-word.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";
import { openModel, openStoreToRead } from "./wire.ts";

export interface ServeOptions {
  readonly store?: string;
  readonly host: string;
  readonly port: string;
  readonly processes: string;
}

/** After a stop was asked for, answers under way have so long before connections are cut. */
const graceMs = 10_000;

/**
 * Serves the live release until it is told to stop. The spec in force is the released one, whatever the file says now;
 * the file only names the spec and the store beside it.
 */
export async function serve(given: string, options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  // Whoever reads the output may go (`| head`, a log shipper that restarts): that must not take the gateway with it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const port = wholeNumber(options.port, "--port", 0, 65_535);
  const processes = wholeNumber(options.processes, "--processes", 1, 64);
  const source = await readSpec(given, terminal);
  const folder = storeFolder(source, options.store, terminal.cwd);
  const release = await liveRelease(nameOf(source), given, folder);
  const { loaded } = compileText({ ...source, text: release.specText });
  const contract = loaded?.spec.contract;
  if (loaded === null || contract === undefined) {
    throw new MusterError(
      "gateway/not-started",
      `This Muster cannot read the spec of release ${release.id}.`,
      {
        hint: "Add the release again with this version.",
      },
    );
  }
  const profile = JSON.parse(release.profile) as Profile;
  const fitted =
    release.prepared === undefined
      ? null
      : readPrepared(release.prepared, contract.inputs, `The preprocessing of release ${release.id}`);
  terminal.progress("loading the model");
  const model = await openModel(resolve(folder, release.modelPath), {
    purpose: "serve",
    expectedDigest: release.modelDigest,
    processes,
  });
  try {
    const sample = sampleTensors(model.signature, contract.inputs, profile);
    const served = await batchedIfSame(model, sample, terminal);
    const problems = new ProblemLog(
      (line) => terminal.err(`muster: ${line}`),
      () => performance.now(),
      { withhold: (loaded.spec.deployment?.log?.redact ?? []).length > 0 },
    );
    const gateway = await startGateway({
      spec: loaded.spec,
      release: {
        id: release.id,
        modelDigest: release.modelDigest,
        specDigest: release.specDigest,
        specVersion: release.specVersion,
      },
      claims: policyDigests(loaded.claims),
      model: served,
      profile,
      fitted,
      host: options.host,
      port,
      journalDir: join(folder, "journal"),
      version,
      report: (problem) => problems.add(problem),
    });
    terminal.done();
    announce(
      gateway,
      loaded.spec.name,
      release,
      JSON.stringify(exampleRequest(contract.inputs, profile)),
      terminal,
    );
    if (!terminal.signal.aborted) await once(terminal.signal, "abort");
    const { inFlight } = gateway.stats();
    const requests = `${inFlight} ${inFlight === 1 ? "request" : "requests"}`;
    terminal.err(`Stopping: ${inFlight === 0 ? "no request is" : `finishing ${requests}`} under way ..`);
    await stop(gateway);
    terminal.err("Stopped; the journal is written.");
    return exitCode.kept;
  } finally {
    await model.close();
  }
}

async function stop(gateway: Gateway): Promise<void> {
  const cut = setTimeout(() => void gateway.stop(), graceMs);
  await gateway.stop();
  clearTimeout(cut);
}

async function liveRelease(spec: string, given: string, folder: string): Promise<Release> {
  const store = await openStoreToRead(folder);
  try {
    const live = await store.pointer(spec, "live");
    const release = live === null ? null : await store.release(spec, live.release);
    if (release !== null) return release;
    throw new MusterError("call/not-found", `${spec} has no live release, so there is nothing to serve.`, {
      hint: `muster release add ${shellWord(given)} --model FILE, then muster release promote r1 ${shellWord(given)}`,
    });
  } finally {
    await store.close();
  }
}

/** The spec's name; taken from a file with errors, too, as only the released text has to be sound. */
function nameOf({ text, file }: SpecFile): string {
  const name = parse(text, file).spec?.name ?? /^name:[ \t]*(["']?)([\w.-]+)\1[ \t]*(#.*)?$/m.exec(text)?.[2];
  if (name !== undefined) return name;
  throw new MusterError("spec/unreadable", `${file} does not say which spec it is (name: ..).`);
}

function announce(gateway: Gateway, name: string, release: Release, body: string, terminal: Terminal): void {
  const url = `http://${gateway.address.includes(":") ? `[${gateway.address}]` : gateway.address}:${gateway.port}`;
  terminal.out(
    [
      `Serving ${name} ${release.id} (spec ${release.specVersion}, model ${release.modelDigest.slice(7, 19)}) on ${url}`,
      "",
      "Try it:",
      `  curl -s ${url}/predict -d '${body.replaceAll("'", "'\\''")}'`,
      `  curl -s ${url}/v2/models/${name}`,
      "",
      ...gateway.notices.map((notice) => `Note: ${notice}`),
      "Ctrl-C stops it.",
    ].join("\n"),
  );
}
