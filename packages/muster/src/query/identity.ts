/**
 * A text that is equal for equal reads, whatever the order of their fields; `undefined` fields count as absent.
 * Unlike plain JSON it tells NaN and the infinities from null.
 */
export function identity(data: unknown): string {
  if (typeof data === "number") return Object.is(data, -0) ? "0" : String(data);
  if (data === null || typeof data !== "object") return JSON.stringify(data) ?? "null";
  if (Array.isArray(data)) return `[${data.map(identity).join(",")}]`;
  const entries = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${JSON.stringify(key)}:${identity(value)}`);
  return `{${entries.join(",")}}`;
}
