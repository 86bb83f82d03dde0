import type { Severity } from "../source/diagnostic.ts";
import type { Paint } from "./paint.ts";

/** How a diagnostic of that severity is coloured. */
export function severityPaint(severity: Severity, paint: Paint): (text: string) => string {
  switch (severity) {
    case "error":
      return paint.red;
    case "warning":
      return paint.yellow;
    case "info":
      return paint.cyan;
  }
}
