import { sections, sectionTitles } from "../claims/claim.ts";
import { findPlace, keyOrValue, type Place, valueOrKey } from "./places.ts";
import type { Trouble } from "./trouble.ts";

/** The sections that a spec lacks: an error each in an active spec, one warning for all in every other one. */
export function missingSections(data: unknown, root: Place): readonly Trouble[] {
  if (typeof data !== "object" || data === null || root.refused) return [];
  const missing = sections.filter((section) => !Object.hasOwn(data, section));
  const status = findPlace(root, ["status"]);
  const first = root.children?.values().next().value ?? root;
  const { start, end } = status.exists ? valueOrKey(status.place) : keyOrValue(first);
  if (Reflect.get(data, "status") === "active") {
    return missing.map((section) => ({
      code: "MU-A220",
      message: `An active spec lacks the section ${section} (${sectionTitles[section]}).`,
      hint: `Write the section ${section}, or make the status draft until it is written.`,
      start,
      end,
    }));
  }
  if (missing.length === 0) return [];
  return [
    {
      code: "MU-A220",
      severity: "warning",
      message: `The spec lacks ${missing.length === 1 ? "the section" : "the sections"} ${missing.join(", ")}.`,
      hint: "Write what is missing before the spec becomes active.",
      start,
      end,
    },
  ];
}
