import { resolve } from "node:path";
import type { Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import type { Spec } from "../spec/spec.ts";
import { isProfileFile, readProfileFile } from "./data-profile.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

/** The profile that a spec is held against; close it when all specs are linted. */
export interface ProfileSource {
  of(spec: Spec): Promise<Profile | null>;
  close(): Promise<void>;
}

const table = "training";

/** From `--profile`: a profile as JSON, or the training data itself, of which one is taken for each spec's inputs. */
export async function profileSource(given: string | undefined, terminal: Terminal): Promise<ProfileSource> {
  if (given === undefined) return { of: async () => null, close: async () => {} };
  const path = resolve(terminal.cwd, given);
  if (isProfileFile(given)) {
    const profile = await readProfileFile(given, `--profile ${given}`, terminal);
    return { of: async () => profile, close: async () => {} };
  }
  const engine: Engine = await openEngine();
  try {
    await engine.attach(table, path, terminal.signal);
  } catch (caught) {
    await engine.close();
    throw caught;
  }
  return {
    of: async (spec) => {
      const { trainingProfile } = await import("../evaluate/training-profile.ts");
      terminal.progress(`reading ${given}`);
      const rename = Object.entries(spec.data?.training?.rename ?? {});
      const own = rename.length === 0 ? table : "renamed training";
      if (own !== table) await engine.attach(own, path, terminal.signal, new Map(rename));
      return trainingProfile(engine, own, spec.contract?.inputs ?? [], terminal.signal);
    },
    close: () => engine.close(),
  };
}
