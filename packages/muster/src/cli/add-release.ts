import type { Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import { tables } from "../evaluate/compile/tables.ts";
import { predictionProfile } from "../evaluate/prediction-profile.ts";
import { trainingProfile } from "../evaluate/training-profile.ts";
import { preparedInputs } from "../prepare/chain.ts";
import { fit } from "../prepare/fit.ts";
import type { Fitted } from "../prepare/fitted.ts";
import { preparedText } from "../prepare/prepared-text.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Store } from "../store/store.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { asFormat } from "./format.ts";
import { type Judged, judgeSpec, storeFolder, whoRuns } from "./judge-spec.ts";
import type { LoadedSpec } from "./load-spec.ts";
import { storeModel } from "./model-files.ts";
import { reportText } from "./print.ts";
import { requireSpec } from "./print-diagnostics.ts";
import { shellWord } from "./shell-word.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine, openModel, openStore } from "./wire.ts";

/**
 * Gates the candidate and keeps it with its spec, verdicts and training profile. The model is copied under its digest,
 * so that a later edit of the file changes nothing. A candidate that is held is refused with the gate's reasons.
 */
export async function addRelease(
  given: string,
  options: { readonly model: string; readonly store?: string; readonly format: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = asFormat(options.format, ["text", "json"]);
  const loaded = await requireSpec(given, terminal);
  if (loaded === null) return exitCode.wrong;
  if (loaded.spec.status !== "active") {
    throw new MusterError(
      "call/bad-argument",
      `${loaded.file} is a ${loaded.spec.status}: only an active spec is gated.`,
      {
        hint: "Set status: active when the spec is meant.",
      },
    );
  }
  const folder = storeFolder(loaded, options.store, terminal.cwd);
  const store = await openStore(folder);
  try {
    const judged = await judgeSpec(loaded, { model: options.model, measure: "missing" }, terminal, store);
    const { model } = judged;
    if (judged.decision.verdict === "hold" || model?.path === undefined || model.bytes === undefined) {
      const { verdict, because } = judged.decision;
      if (format === "json") {
        terminal.out(JSON.stringify({ version: 1, release: null, added: false, verdict, because }));
        return exitCode.notKept;
      }
      terminal.err(
        reportText(
          "text",
          loaded,
          judged,
          terminal,
          `muster release add ${shellWord(given)} --model ${shellWord(options.model)}`,
        ),
      );
      return exitCode.notKept;
    }
    const same = (await store.releases(loaded.spec.name)).find(
      (r) => r.modelDigest === model.digest && r.specDigest === loaded.digest,
    );
    const release =
      same ??
      (await keep(
        loaded,
        judged,
        { digest: model.digest, path: model.path, bytes: model.bytes },
        folder,
        store,
        terminal,
      ));
    if (format === "json")
      terminal.out(
        JSON.stringify({
          version: 1,
          release: release.id,
          added: same === undefined,
          verdict: judged.decision.verdict,
          because: judged.decision.because,
        }),
      );
    else {
      terminal.out(
        same === undefined
          ? `Added ${release.id} of ${loaded.spec.name}: ${judged.decision.because}.`
          : `${release.id} is this model under this spec already; nothing was added.`,
      );
    }
    return exitCode.kept;
  } finally {
    await store.close();
  }
}

async function keep(
  loaded: LoadedSpec,
  judged: Judged,
  model: Required<NonNullable<Judged["model"]>>,
  folder: string,
  store: Store,
  terminal: Terminal,
): ReturnType<Store["addRelease"]> {
  terminal.progress("freezing the training profile");
  const address = loaded.addresses.get(tables.training);
  const engine = await openEngine();
  try {
    if (address === undefined) {
      throw new MusterError("call/bad-argument", "The spec names no training data to take the profile from.");
    }
    await engine.attach(tables.training, address, terminal.signal, loaded.renames.get(tables.training));
    const inputs = loaded.spec.contract?.inputs ?? [];
    const training = await trainingProfile(engine, tables.training, inputs, terminal.signal);
    const fitted =
      preparedInputs(inputs).length === 0
        ? null
        : await fit(engine, tables.training, inputs, terminal.signal);
    const outputs = await answersOnEvaluation(loaded, model, fitted, engine, terminal);
    const profile: Profile = outputs === null ? training : { ...training, outputs };
    const prepared = fitted === null ? {} : { prepared: preparedText(fitted) };
    const modelPath = await storeModel(model, folder);
    const at = new Date(terminal.now()).toISOString();
    const who = whoRuns(terminal);
    const { spec } = loaded;
    return await store.addRelease(
      {
        spec: spec.name,
        specVersion: spec.version,
        specDigest: loaded.digest,
        specText: loaded.text,
        modelDigest: model.digest,
        modelBytes: model.bytes,
        modelPath,
        profile: JSON.stringify(profile),
        ...prepared,
        verdict: reportText("json", loaded, judged, terminal, "muster release add"),
        addedBy: who,
        addedAt: at,
      },
      { at, who, what: "release add", spec: spec.name, details: JSON.stringify({ model: model.digest }) },
    );
  } catch (caught) {
    if (!terminal.signal.aborted) throw caught;
    throw new MusterError("cancelled", "The release was cancelled.", {
      cause: caught,
      hint: "no release was added. What the check measured is stored.",
    });
  } finally {
    await engine.close();
  }
}

/** What the model answers on the evaluation data; null where the spec names none. */
async function answersOnEvaluation(
  loaded: LoadedSpec,
  file: { readonly path: string; readonly digest: string },
  fitted: Fitted | null,
  engine: Engine,
  terminal: Terminal,
): Promise<NonNullable<Profile["outputs"]> | null> {
  const address = loaded.addresses.get(tables.evaluation);
  if (address === undefined) return null;
  terminal.progress("freezing the profile of its answers");
  await engine.attach(tables.evaluation, address, terminal.signal);
  const model = await openModel(file.path, { purpose: "score", expectedDigest: file.digest });
  try {
    const contract = loaded.spec.contract ?? { inputs: [] };
    return await predictionProfile(engine, tables.evaluation, model, contract, fitted, terminal.signal);
  } finally {
    await model.close();
  }
}
