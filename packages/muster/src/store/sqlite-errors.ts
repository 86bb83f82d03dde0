import { MusterError } from "../source/muster-error.ts";

/** True if another process holds the lock that was wanted, so that nothing was done and it may be tried again. */
export function isBusy(caught: unknown): boolean {
  return codeOf(caught).startsWith("SQLITE_BUSY");
}

/** What SQLite or the file system said about the store at `path`, in words that tell what to do. */
export function explainSqlite(caught: unknown, path: string): MusterError {
  if (caught instanceof MusterError) return caught;
  const code = codeOf(caught);
  const told = caught instanceof Error ? caught.message : String(caught);
  const known = explanations.find(({ codes }) =>
    codes.some((each) => code === each || code.startsWith(`${each}_`)),
  );
  if (known === undefined) {
    return new MusterError("store/failed", `The store ${path} could not be used: ${told}`, { cause: caught });
  }
  return new MusterError(known.as, `The store ${path} ${known.says} (${told}).`, {
    cause: caught,
    hint: known.hint,
  });
}

interface Explanation {
  readonly codes: readonly string[];
  readonly as: "store/unreadable" | "store/failed";
  readonly says: string;
  readonly hint: string;
}

const explanations: readonly Explanation[] = [
  {
    codes: ["SQLITE_NOTADB"],
    as: "store/unreadable",
    says: "is not a database; nothing was changed",
    hint: "Point Muster at another folder, or move that file away.",
  },
  {
    codes: ["SQLITE_CORRUPT"],
    as: "store/unreadable",
    says: "is damaged",
    hint: "Restore it from a backup; `sqlite3 store.db .recover` saves what can be read.",
  },
  {
    codes: ["SQLITE_BUSY"],
    as: "store/failed",
    says: "has been locked by another process for too long",
    hint: "Look for a process that hangs, then try again.",
  },
  {
    codes: ["SQLITE_FULL", "ENOSPC", "EDQUOT"],
    as: "store/failed",
    says: "could not grow: the disk or the quota is full; nothing was stored",
    hint: "Make room, then try again: what was stored before is whole.",
  },
  {
    codes: ["SQLITE_IOERR"],
    as: "store/failed",
    says: "could not be read or written: the disk reported an error or is full",
    hint: "Check the disk and its free space, then try again: what was stored before is whole.",
  },
  {
    codes: ["SQLITE_READONLY", "SQLITE_PERM", "EACCES", "EPERM", "EROFS"],
    as: "store/failed",
    says: "cannot be written",
    hint: "Give this user the right to write the folder and the files in it.",
  },
  {
    codes: ["ENOENT"],
    as: "store/failed",
    says: "has no folder to lie in",
    hint: "Make the folder that is to hold the store's folder, or correct the path.",
  },
  {
    codes: ["ENOTDIR", "EEXIST"],
    as: "store/failed",
    says: "cannot lie there: a file stands where its folder should be",
    hint: "Point Muster at another folder.",
  },
  {
    codes: ["SQLITE_CANTOPEN"],
    as: "store/failed",
    says: "cannot be opened",
    hint: "Check that the folder exists and that this user may write it.",
  },
];

function codeOf(caught: unknown): string {
  if (typeof caught !== "object" || caught === null) return "";
  if ("code" in caught && typeof caught.code === "string") return caught.code;
  // The constructor of the database tells SQLite's number at the end of its message, and no code.
  const said = caught instanceof Error ? /: (\d+)"?\)?$/.exec(caught.message)?.[1] : undefined;
  return said === "14" ? "SQLITE_CANTOPEN" : said === "5" ? "SQLITE_BUSY" : "";
}
