import type { Rule } from "../rule.ts";

const group =
  /team|group|ops|on-?call|rota|squad|dept|office|support|alerts|info|admin|data|ml|platform|product/i;

/** `anna.schmidt@..` is a person; `pm@..`, `data.team@..` or a channel may be many. */
function isPerson(address: string): boolean {
  const local = /^([a-z]{2,}[._][a-z]{2,})@[^@\s]+$/i.exec(address.trim())?.[1];
  return local !== undefined && !group.test(local);
}

/** A heuristic on the shape of mail addresses, so it belongs to the strict rules and says what it saw. */
export const ownerIsPersonOnly: Rule = {
  code: "MU-A108",
  slug: "owner-is-person-only",
  title: "An owner is a single person",
  severity: "warning",
  preset: "strict",
  section: null,
  needs: "spec",
  fix: "none",
  why: "People go on holiday and change jobs, alerts do not. A role whose only address is one person's mailbox is silent exactly when that person is away.",
  example: {
    base: "classification",
    fails: [["ml: ml@airline.example", "ml: anna.schmidt@airline.example"]],
    passes: [["ml: ml@airline.example", "ml: ml-team@airline.example"]],
  },

  check: ({ spec }) =>
    Object.entries(spec.owners)
      .filter(([, address]) => isPerson(address))
      .map(([role, address]) => ({
        at: ["owners", role],
        message: `${role} is ${address}, which looks like one person's mailbox.`,
        hint: "Write the address of a team, a channel or a rota.",
      })),
};
