/** Rows fall into so many buckets, from whose spread the error of a pooled metric is taken. */
export const buckets = 128;

/** The most characters that decide the bucket: enough to tell texts apart. */
const looked = 4096;

/**
 * A row's bucket, by its texts (FNV-1a): the same in whatever order rows come and however they are cut into batches.
 * Equal rows share theirs, so that copies do not look like further evidence.
 */
export function bucketOf(text: string, references: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const one of [text, ...references]) {
    for (let i = 0; i < Math.min(one.length, looked); i++)
      hash = Math.imul(hash ^ one.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  }
  // FNV's low bits are weak for short texts.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % buckets;
}
