import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Registry } from "../evaluate/evaluate.ts";
import { subjectDigest } from "../evaluate/evidence-key.ts";
import { formatInterval, formatNumber } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import type { Analysis } from "./analysis.ts";
import { schemasAt } from "./schema-at.ts";
import { nodeAt } from "./yaml-node.ts";

/** What was measured before, and how it is judged. */
export interface Known {
  /** Of this spec, newest first. */
  readonly evidence: readonly Evidence[];
  readonly registry: Registry;
  readonly now: number;
}

/** A hover shows so many claims of a line; the report has all. */
const mostClaims = 6;

/**
 * What the line at the offset is held to, with the last verdict and number, and what its key means. Markdown; null
 * where there is nothing to say.
 */
export function hover(analysis: Analysis, offset: number, known: Known): string | null {
  if (!onContent(analysis.text, offset)) return null;
  const claims = claimsAt(analysis, offset);
  const parts = claims.slice(0, mostClaims).map((claim) => claimText(claim, known));
  if (claims.length > mostClaims) {
    const more = claims.length - mostClaims;
    parts.push(`and ${more} more ${more === 1 ? "claim" : "claims"}`);
  }
  const node = nodeAt(analysis.text, offset);
  const named = node === null || node.on === "gap" ? [] : schemasAt(node.path);
  const description = named.find((one) => one.description !== undefined)?.description;
  if (description !== undefined) parts.push(description);
  return parts.length === 0 ? null : parts.join("\n\n---\n\n");
}

/**
 * The claims that the offset speaks of: those that stand in the smallest stretch around it, else those within what its
 * key holds, else within the entry around it; never all of a section.
 */
export function claimsAt({ text, claims, parsed }: Analysis, offset: number): readonly Claim[] {
  const around = claims.filter((c) => c.at.start.offset <= offset && offset <= c.at.end.offset);
  if (around.length > 0) {
    const size = ({ at }: Claim): number => at.end.offset - at.start.offset;
    const smallest = around.reduce((least, claim) => Math.min(least, size(claim)), Number.POSITIVE_INFINITY);
    return around.filter((claim) => size(claim) === smallest);
  }
  const path = nodeAt(text, offset)?.path ?? [];
  for (let length = path.length; length > 1; length -= 1) {
    if (!parsed.places.has(path.slice(0, length))) continue;
    const { start, end } = parsed.places.at(path.slice(0, length));
    const within = claims.filter(({ at }) => start.offset <= at.start.offset && at.end.offset <= end.offset);
    if (within.length > 0) return within;
  }
  return [];
}

/** Blank lines and comments belong to no claim, though they may lie in the stretch of one. */
function onContent(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end === -1 ? text.length : end);
  return /\S/.test(line) && !/(^|\s)#/.test(line.slice(0, offset - start + 1));
}

function claimText(claim: Claim, { evidence, registry, now }: Known): string {
  const head = `**${escaped(claim.says)}**  \n\`${claim.id}\`, stage ${claim.stage}`;
  if (claim.check === null)
    return `${head}  \nundecided: ${escaped(claim.because ?? "no check decides it yet")}`;
  const check = registry.get(claim.check);
  if (check === undefined) return head;
  const digest = subjectDigest(claim, check);
  const last = evidence.find(
    (e) => e.claimId === claim.id && e.check === check.id && e.subjectDigest === digest,
  );
  if (last === undefined) return `${head}  \nnot measured yet`;
  const { outcome, observations } = check.judge(claim.promise, last.measurements, { now });
  const telling = observations.find((one) => one.outcome === outcome.kind) ?? observations[0];
  const context = {
    ...(telling?.unit === undefined ? {} : { unit: telling.unit }),
    ...(telling?.limit === undefined ? {} : { limit: telling.limit.value }),
  };
  const number =
    telling === undefined || telling.value === null
      ? (telling?.text ?? "")
      : `${formatNumber(telling.value, context)} ${formatInterval(telling.interval, context)}`.trim();
  const because = outcome.kind === "kept" ? "" : `: ${escaped(outcome.because)}`;
  const when = `last measured ${escaped(last.takenAt.slice(0, 16).replace("T", " "))} UTC`;
  return `${head}  \n**${outcome.kind}**${because}  \n${when}${number === "" ? "" : `: ${escaped(number)}`}`;
}

const escaped = (text: string): string => printable(text).replace(/[\\`*_{}[\]<>#|~!&]/g, "\\$&");
