import type { Claim } from "../claims/claim.ts";
import type { Evidence } from "../claims/evidence.ts";
import type { Registry } from "../evaluate/evaluate.ts";
import { subjectDigest } from "../evaluate/evidence-key.ts";
import { formatInterval, formatNumber } from "../report/format-number.ts";
import type { Analysis } from "./analysis.ts";
import { cursorAt } from "./cursor.ts";
import { schemasAt } from "./schema-at.ts";

/** A hover shows so many claims of a line; the report has all. */
const mostClaims = 6;

/**
 * What the line under the cursor is held to, with the last verdict and number, and what its key means. Markdown; null
 * where there is nothing to say.
 */
export function hover(
  analysis: Analysis,
  offset: number,
  evidence: readonly Evidence[],
  registry: Registry,
  now: number,
): string | null {
  const claims = claimsAt(analysis, offset);
  const parts = claims.slice(0, mostClaims).map((claim) => claimText(claim, evidence, registry, now));
  if (claims.length > mostClaims) parts.push(`and ${claims.length - mostClaims} more claims`);
  const cursor = cursorAt(analysis.text, offset);
  const described =
    cursor === null ? undefined : schemasAt(cursor.path).find((node) => node.description !== undefined);
  if (described?.description !== undefined) parts.push(described.description);
  return parts.length === 0 ? null : parts.join("\n\n---\n\n");
}

/** The claims whose line the cursor is in: those that stand in the smallest stretch around it. */
export function claimsAt({ claims }: Analysis, offset: number): readonly Claim[] {
  const around = claims.filter((c) => c.at.start.offset <= offset && offset <= c.at.end.offset);
  const size = (claim: Claim): number => claim.at.end.offset - claim.at.start.offset;
  const smallest = Math.min(...around.map(size));
  return around.filter((claim) => size(claim) === smallest);
}

function claimText(claim: Claim, evidence: readonly Evidence[], registry: Registry, now: number): string {
  const head = `**${escaped(claim.says)}**  \n\`${claim.id}\`, stage ${claim.stage}`;
  if (claim.check === null)
    return `${head}  \nundecided: ${escaped(claim.because ?? "no check decides it yet")}`;
  const check = registry.get(claim.check);
  if (check === undefined) return head;
  const digest = subjectDigest(claim, check);
  const last = evidence.find((e) => e.claimId === claim.id && e.subjectDigest === digest);
  if (last === undefined) return `${head}  \nnot measured yet`;
  const { outcome, observations } = check.judge(claim.promise, last.measurements, { now });
  const [first] = observations;
  const number =
    first === undefined || first.value === null
      ? (first?.text ?? "")
      : `${formatNumber(first.value, { ...(first.unit && { unit: first.unit }) })} ${formatInterval(first.interval)}`.trim();
  const because = outcome.kind === "kept" ? "" : `: ${escaped(outcome.because)}`;
  return `${head}  \n${outcome.kind}${because}  \nlast measured ${last.takenAt.slice(0, 16).replace("T", " ")} UTC: ${number}`;
}

const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
