import type { EarlierSpec } from "../evaluate/approved-changes.ts";
import type { Store } from "../store/store.ts";
import { compileText, type LoadedSpec } from "./load-spec.ts";

/** Of the specs that were checked before, so many of the newest are remembered when goalposts are looked at. */
const mostChecked = 20;

/**
 * What a spec is held against: the live release's text, and the texts that were checked before. A text that this Muster
 * cannot read any more is left out: it was judged by its own version then.
 */
export async function earlierSpecs(loaded: LoadedSpec, store: Store): Promise<readonly EarlierSpec[]> {
  const { name } = loaded.spec;
  const earlier: EarlierSpec[] = [];
  const add = (text: string, when: string, released: boolean): void => {
    const was = compileText({ ...loaded, text }).loaded;
    if (was !== null && was.digest !== loaded.digest) {
      earlier.push({ spec: was.spec, claims: was.claims, when, released });
    }
  };
  const live = await store.pointer(name, "live");
  const release = live === null ? null : await store.release(name, live.release);
  if (release !== null) add(release.specText, `against ${release.id}, which is live`, true);
  for (const kept of (await store.keptSpecs(name)).slice(0, mostChecked)) {
    if (kept.digest !== loaded.digest)
      add(kept.text, `against the spec as checked on ${kept.keptAt.slice(0, 10)}`, false);
  }
  return earlier;
}
