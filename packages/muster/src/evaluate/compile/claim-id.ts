import { digestOfText } from "../../source/digest.ts";

/** RFC 1123: also the limit of Kubernetes names and of OpenSLO. */
const longest = 63;
const digestLength = 8;

/**
 * A label made from a path: `evaluation.primary[origin=ORD]` becomes `evaluation-primary-origin-ord`. A label that
 * is too long, or that another path has taken already, ends in the start of the path's digest; either way the same
 * path gives the same label again as long as the paths before it are the same. The label is added to `taken`.
 */
export function claimId(path: string, taken: Set<string>): string {
  const plain = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  let digest = path;
  let id = plain;
  while (id === "" || id.length > longest || taken.has(id)) {
    // Few labels need one, and lint makes the labels of a thousand specs.
    digest = digestOfText(digest);
    const end = digest.slice("sha256:".length, "sha256:".length + digestLength);
    id = `${plain.slice(0, longest - 1 - digestLength).replace(/-+$/, "") || "claim"}-${end}`;
  }
  taken.add(id);
  return id;
}
