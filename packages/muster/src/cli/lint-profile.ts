import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { InputProfile, Profile } from "../claims/profile.ts";
import type { Engine } from "../engine/engine.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Spec } from "../spec/spec.ts";
import type { Terminal } from "./terminal.ts";
import { openEngine } from "./wire.ts";

/** The profile that a spec is held against; close it when all specs are linted. */
export interface ProfileSource {
  of(spec: Spec): Promise<Profile | null>;
  close(): Promise<void>;
}

const table = "training";
const largest = 256 * 1024 * 1024;

/** From `--profile`: a profile as JSON, or the training data itself, of which one is taken for each spec's inputs. */
export async function profileSource(given: string | undefined, terminal: Terminal): Promise<ProfileSource> {
  if (given === undefined) return { of: async () => null, close: async () => {} };
  const path = resolve(terminal.cwd, given);
  if (given.toLowerCase().endsWith(".json")) {
    const profile = await readProfile(path, given);
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
      return trainingProfile(engine, table, spec.contract?.inputs ?? [], terminal.signal);
    },
    close: () => engine.close(),
  };
}

async function readProfile(path: string, given: string): Promise<Profile> {
  const wrong = (what: string, cause?: unknown): MusterError =>
    new MusterError("call/bad-argument", `--profile ${given} ${what}.`, {
      ...(cause === undefined ? {} : { cause }),
      hint: "Name the training data (Parquet or CSV), or a profile as muster stores one with a release.",
    });
  let data: unknown;
  try {
    if ((await stat(path)).size > largest) throw wrong("is too large to be a profile");
    data = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw cause instanceof MusterError ? cause : wrong("cannot be read as JSON", cause);
  }
  if (!isMap(data) || data.version !== 1 || !isCount(data.rows) || !isMap(data.inputs)) {
    throw wrong("is no profile: it has to have version 1, rows and inputs");
  }
  // A map without a prototype: an input may be called anything.
  const inputs: Record<string, InputProfile> = Object.create(null);
  for (const [name, value] of Object.entries(data.inputs)) {
    if (!isInput(value)) throw wrong(`is no profile: its input ${JSON.stringify(name)} is not one`);
    inputs[name] = value;
  }
  return { version: 1, rows: data.rows, inputs };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

const isAbsentOr = (value: unknown, type: "number"): boolean => value === undefined || typeof value === type;

function isInput(value: unknown): value is InputProfile {
  if (!isMap(value) || typeof value.type !== "string" || !isCount(value.missing)) return false;
  const { values } = value;
  const numbers = [value.min, value.max, value.mean].every((each) => isAbsentOr(each, "number"));
  return (
    numbers && (values === undefined || (Array.isArray(values) && values.every((v) => typeof v === "string")))
  );
}
