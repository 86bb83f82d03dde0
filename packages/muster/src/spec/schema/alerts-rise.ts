import type { Raw, Report } from "./structure.ts";

/** Of two limits the lower one has to be less: between them nothing alerts. */
export function alertsRise(
  { alert_below: below, alert_above: above }: Raw,
  report: (report: Report) => void,
): void {
  if (typeof below !== "number" || typeof above !== "number" || below < above) return;
  report({
    path: ["alert_above"],
    code: "MU-A225",
    message: `With alerts below ${below} and above ${above}, every value alerts.`,
    hint: "alert_below has to be less than alert_above.",
    related: { message: "the lower limit", path: ["alert_below"] },
  });
}
