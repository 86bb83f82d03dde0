import type { Claim } from "../claims/claim.ts";
import type { Waiver } from "../claims/waiver.ts";
import { digestOfData } from "../source/digest.ts";

/** What a waiver is bound to: the claim as it is worded, measured and required now. */
export const claimDigest = ({ id, says, check, subject, promise }: Claim): string =>
  digestOfData({ id, says, check, subject, promise });

/** Whether the waiver covers the claim at that moment: same claim, same wording, signed and not expired. */
export function covers(waiver: Waiver, claim: Claim, now: number): boolean {
  return (
    waiver.claimId === claim.id &&
    waiver.claimDigest === claimDigest(claim) &&
    Date.parse(waiver.signedAt) <= now &&
    now < Date.parse(waiver.expiresAt)
  );
}
