import { sections, sectionTitles } from "../claims/claim.ts";
import { findPlace, keyOrValue, type Place, valueOrKey } from "./places.ts";
import type { Trouble } from "./trouble.ts";

/** The sections that a spec lacks: errors in an active spec, warnings in every other one. */
export function missingSections(data: unknown, root: Place): readonly Trouble[] {
  if (typeof data !== "object" || data === null || root.refused) return [];
  const active = Reflect.get(data, "status") === "active";
  const status = findPlace(root, ["status"]);
  const first = root.children?.values().next().value ?? root;
  const { start, end } = status.exists ? valueOrKey(status.place) : keyOrValue(first);
  return sections
    .filter((section) => !Object.hasOwn(data, section))
    .map((section) => ({
      code: "MU-A220",
      severity: active ? "error" : "warning",
      message: `The section ${section} (${sectionTitles[section]}) is missing${active ? " in an active spec" : ""}.`,
      hint: active
        ? `Write the section ${section}, or make the status draft until it is written.`
        : `Write the section ${section} before the spec becomes active.`,
      start,
      end,
    }));
}
