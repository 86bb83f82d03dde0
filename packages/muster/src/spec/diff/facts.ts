import { canonicalJson } from "../../source/digest.ts";
import type { Path } from "../places.ts";
import type { Spec } from "../spec.ts";
import type { Change } from "./change.ts";
import { type Line, linesOf } from "./lines.ts";

/**
 * What changed between two specs, as facts without judgement, in the order of the new file (what was removed in the
 * order of the old one, at the end of its section). A whole entry that came or went is one change.
 */
export function changesBetween(before: Spec, after: Spec): readonly Change[] {
  const changes: Change[] = [];
  compare(linesOf(before), linesOf(after), "", changes);
  return changes;
}

function compare(old: Line, now: Line, path: string, into: Change[]): void {
  if (old.kind === "branch" && now.kind === "branch") {
    for (const [key, line] of now.children) {
      const was = old.children.get(key);
      const here = path === "" ? key : `${path}.${key}`;
      if (was === undefined) into.push(change("added", here, line.at, undefined, line));
      else compare(was, line, here, into);
    }
    for (const [key, line] of old.children) {
      if (now.children.has(key)) continue;
      const here = path === "" ? key : `${path}.${key}`;
      into.push(change("removed", here, line.at, line, undefined));
    }
    return;
  }
  const same =
    old.kind === "leaf" && now.kind === "leaf" && canonicalJson(old.value) === canonicalJson(now.value);
  if (!same) into.push(change("changed", path, now.at, old, now));
}

function change(
  kind: Change["kind"],
  path: string,
  at: Path,
  old: Line | undefined,
  now: Line | undefined,
): Change {
  return {
    kind,
    path,
    at,
    old: old === undefined ? undefined : plain(old),
    new: now === undefined ? undefined : plain(now),
    oldText: old?.text ?? "",
    newText: now?.text ?? "",
  };
}

function plain(line: Line): unknown {
  if (line.kind === "leaf") return line.value;
  return Object.fromEntries([...line.children].map(([key, child]) => [key, plain(child)]));
}
