import { digestOfText } from "../source/digest.ts";

/** What a gateway serves: one release of one spec. */
export interface ServedRelease {
  /** `r1`, `r2`, .. as in the store. */
  readonly id: string;
  readonly modelDigest: string;
  readonly specDigest: string;
  readonly specVersion: string;
}

/** The parts of every answer that are the same for all of them, put into text once. */
export interface Identity {
  readonly release: ServedRelease;
  /** JSON of the release's id. */
  readonly releaseJson: string;
  readonly claims: Readonly<Record<string, string>>;
  /** JSON of the claims. */
  readonly claimsJson: string;
  /** `name=digest` joined by `;`, for places that take one string; a digest of it where that is too long for a header. */
  readonly claimsText: string;
}

/** Servers and proxies commonly take 8 KiB of headers in all. */
const longestHeader = 2048;

export function identityOf(release: ServedRelease, claims: Readonly<Record<string, string>>): Identity {
  const text = Object.entries(claims)
    .map(([name, digest]) => `${name}=${digest}`)
    .join(";");
  return {
    release,
    releaseJson: JSON.stringify(release.id),
    claims,
    claimsJson: JSON.stringify(claims),
    claimsText: text.length > longestHeader || /[^\x20-\x7e]/.test(text) ? digestOfText(text) : text,
  };
}
