import { describe, expect, test } from "vitest";
import { colours } from "./style-colours.ts";

/** The custom properties of the first rule, or of the rule for dark screens on top of it. */
function palette(scheme: "light" | "dark"): ReadonlyMap<string, string> {
  const [light = "", dark = ""] = [...colours.matchAll(/:root\{([^}]*)\}/gu)].map(([, rule = ""]) => rule);
  const read = (rule: string) =>
    [...rule.matchAll(/--([a-z-]+):(#[0-9a-f]{3,6})/gu)].map(
      ([, name = "", hex = ""]) => [name, hex] as const,
    );
  return new Map(scheme === "light" ? read(light) : [...read(light), ...read(dark)]);
}

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gu, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = (long.match(/[0-9a-f]{2}/gu) ?? []).map((pair) => {
    const channel = Number.parseInt(pair, 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test("contrast is computed as WCAG does it", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 10);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

describe.each(["light", "dark"] as const)("in the %s scheme", (scheme) => {
  const colour = palette(scheme);
  const texts = ["ink", "soft", "link", "kept", "broken", "undecided", "stale", "waived"];
  const grounds = ["paper", "card", "faint", "hold-ground", "ship-ground"];

  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))(
    "%s is readable on %s",
    (text, ground) => {
      expect(contrast(colour.get(text) ?? "", colour.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(["kept", "broken", "undecided", "stale", "waived", "ink"])(
    "a %s mark is seen on the tinted side",
    (mark) => {
      expect(contrast(colour.get(mark) ?? "", colour.get("good") ?? "")).toBeGreaterThanOrEqual(3);
    },
  );
});
