import { divergenceNoise } from "../../../stats/divergence-noise.ts";
import type { DriftSignal } from "../../monitoring-section.ts";
import type { Spec } from "../../spec.ts";
import type { Rule } from "../rule.ts";
import { divergenceOf } from "./divergence.ts";
import { driftKeys, mostWindowRows } from "./window-rows.ts";

/** Two samples of one distribution differ, too: an alert within that difference speaks of nothing. */
export const alertBelowNoiseFloor: Rule = {
  code: "MU-M302",
  slug: "alert-below-noise-floor",
  title: "Drift alert within the noise",
  severity: "error",
  preset: "recommended",
  section: "monitoring",
  needs: "spec",
  fix: "suggestion",
  why: "The divergence between two samples is above zero even when nothing has changed, and the more so the fewer rows and the more bins there are. An alert below that floor goes off in quiet weeks, and people learn to ignore it.",
  formula:
    "KL without drift: 2 KL / (1/n + 1/m) is about chi-squared with bins - 1 degrees of freedom (n reference rows, m rows of the window); alert above its 99 % value, PSI: twice that",
  example: {
    base: "classification",
    fails: [
      [
        "{metric: kl, alert_above: 0.1,",
        "{metric: kl, alert_above: 0.02, bins: 10, reference_rows: 10_000, min_rows: 500,",
      ],
    ],
    passes: [
      [
        "{metric: kl, alert_above: 0.1,",
        "{metric: kl, alert_above: 0.03, bins: 10, reference_rows: 10_000, min_rows: 500,",
      ],
    ],
  },

  check({ spec }) {
    const open: string[] = [];
    const findings = driftKeys.flatMap((key) => {
      const signal = spec.monitoring?.[key];
      if (signal === undefined) return [];
      const found = floorOf(spec, signal);
      if (typeof found === "string") open.push(`${found} (monitoring.${key})`);
      if (found === null || typeof found === "string" || found.alert >= found.floor) return [];
      const path = ["monitoring", key, "alert_above"];
      return [
        {
          at: path,
          message: `Without any drift one window in a hundred has a ${signal.metric} above ${short(found.floor)} (${found.words}; ${short(found.expected)} on average): an alert above ${found.alert} is within that noise.`,
          hint: `Alert above ${roundedUp(found.floor)} at the least, or use fewer bins or more rows a window.`,
          ...(found.rowsAt === null
            ? {}
            : { related: [{ at: found.rowsAt(key), message: `a window of ${found.rows} rows` }] }),
          fix: [{ kind: "replace" as const, path, yaml: roundedUp(found.floor) }],
        },
      ];
    });
    return findings.length === 0 && open[0] !== undefined ? { skipped: open.join(", ") } : findings;
  },

  explain({ spec }) {
    const lines = driftKeys.flatMap((key) => {
      const signal = spec.monitoring?.[key];
      const found = signal === undefined ? null : floorOf(spec, signal);
      if (found === null || typeof found === "string") return [];
      return [
        `${key}: ${found.words}: ${short(found.expected)} on average, 99 % below ${short(found.floor)}; the alert is at ${found.alert}`,
      ];
    });
    return lines.length === 0 ? null : lines.join("\n");
  },
};

interface Floor {
  readonly alert: number;
  readonly floor: number;
  readonly expected: number;
  readonly rows: number;
  readonly words: string;
  readonly rowsAt: ((key: string) => readonly string[]) | null;
}

/** Null where it does not apply; a text where something is not given. */
function floorOf(spec: Spec, signal: DriftSignal): Floor | string | null {
  const kind = divergenceOf(signal.metric);
  const alert = typeof signal.alert_above === "object" ? null : signal.alert_above;
  if ((kind !== "kl" && kind !== "psi") || alert === undefined || alert === null) return null;
  if (signal.bins === undefined) return "the number of bins is not given";
  const most = mostWindowRows(spec, signal);
  const least = signal.min_rows?.value ?? null;
  if (most === null && least === null) return "neither min_rows nor a peak says how many rows a window has";
  // With the peak the rows are the most there can be: the true floor is higher still.
  const rows = Math.max(1, Math.min(most ?? Number.POSITIVE_INFINITY, least ?? Number.POSITIVE_INFINITY));
  const reference = signal.reference_rows?.value ?? Number.POSITIVE_INFINITY;
  const noise = divergenceNoise(signal.bins.value, reference, rows);
  const times = kind === "psi" ? 2 : 1;
  const against = signal.reference_rows === undefined ? "" : ` against ${signal.reference_rows.text}`;
  return {
    alert,
    floor: times * noise.limit,
    expected: times * noise.expected,
    rows,
    words: `${signal.bins.text} bins, ${rows} rows${against}`,
    rowsAt: rows === least ? (key) => ["monitoring", key, "min_rows"] : null,
  };
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function roundedUp(value: number): string {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(value)));
  return String(Number((Math.ceil(value * 10 ** digits) / 10 ** digits).toFixed(Math.min(20, digits))));
}
