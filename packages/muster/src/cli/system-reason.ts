/** What the operating system said no for, in words; its code or message where we have none. */
export function systemReason(caught: unknown): string {
  const code = caught instanceof Error && "code" in caught ? String(caught.code) : "";
  return reasons.get(code) ?? (code || String(caught));
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "this user may not"],
  ["EPERM", "this user may not"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "its name is too long"],
  ["ELOOP", "its links lead in a circle"],
]);
