import { isAbsolute, resolve } from "node:path";
import type { Claim } from "../claims/claim.ts";
import type { Rename } from "../engine/engine.ts";
import { tables } from "../evaluate/compile/tables.ts";
import { compile } from "../evaluate/compile.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import type { Judge } from "../spec/evaluation-section.ts";
import { parse } from "../spec/parse.ts";
import type { Places } from "../spec/places.ts";
import type { Spec } from "../spec/spec.ts";
import { readSpec, type SpecFile } from "./read-spec.ts";
import type { Terminal } from "./terminal.ts";

/** A spec that parsed, with its claims and where its data lies. */
export interface LoadedSpec {
  readonly spec: Spec;
  readonly claims: readonly Claim[];
  readonly places: Places;
  /** How many findings `muster lint` has, none of which is an error. */
  readonly warnings: number;
  readonly text: string;
  readonly digest: string;
  /** As a reader would type it. */
  readonly file: string;
  /** The folder that paths of the spec are relative to. */
  readonly folder: string;
  readonly addresses: ReadonlyMap<string, string>;
  readonly renames: ReadonlyMap<string, Rename>;
}

/** The spec with its claims, or what is wrong with it. Warnings come along either way. */
export async function loadSpec(
  given: string | undefined,
  terminal: Terminal,
): Promise<{ loaded: LoadedSpec | null; source: SpecFile; diagnostics: readonly Diagnostic[] }> {
  const source = await readSpec(given, terminal);
  return { source, ...compileText(source) };
}

/** The same from a text at hand: a released spec, say. */
export function compileText(source: SpecFile): {
  loaded: LoadedSpec | null;
  diagnostics: readonly Diagnostic[];
} {
  const { spec, diagnostics, places, digest } = parse(source.text, source.file);
  if (spec === null || digest === null || diagnostics.some((d) => d.severity === "error")) {
    return { loaded: null, diagnostics };
  }
  const loaded = {
    ...source,
    spec,
    digest,
    claims: compile(spec, places),
    places,
    warnings: diagnostics.length,
    addresses: addressesOf(spec, source.folder),
    renames: renamesOf(spec),
  };
  return { loaded, diagnostics };
}

function renamesOf({ data }: Spec): ReadonlyMap<string, Rename> {
  const named = [
    [tables.training, data?.training?.rename],
    [tables.evaluation, data?.evaluation?.rename],
  ] as const;
  return new Map(named.map(([table, rename]) => [table, new Map(Object.entries(rename ?? {}))]));
}

/** The judge models of section 4. */
export function judgesOf({ evaluation }: Spec): readonly Judge[] {
  const metrics = [evaluation?.primary, ...(evaluation?.secondary ?? [])];
  return metrics.flatMap((metric) => (metric?.judge === undefined ? [] : [metric.judge]));
}

function addressesOf(spec: Spec, folder: string): ReadonlyMap<string, string> {
  const at = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const addresses = new Map<string, string>();
  const { data } = spec;
  if (data?.training !== undefined) addresses.set(tables.training, at(data.training.path));
  if (data?.evaluation !== undefined) addresses.set(tables.evaluation, at(data.evaluation.path));
  if (data?.label?.audit !== undefined) addresses.set(tables.audit, at(data.label.audit.path));
  for (const judge of judgesOf(spec)) {
    for (const file of [judge.rated, judge.anchors])
      if (file !== undefined) addresses.set(tables.rated(file.path), at(file.path));
  }
  for (const source of data?.sources ?? []) {
    if (source.access !== undefined) addresses.set(tables.source(source.name), at(source.access));
  }
  return addresses;
}
