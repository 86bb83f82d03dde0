/** Two columns that SQL cannot tell apart, because it takes no notice of case. */
export function twinColumns(names: readonly string[]): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const name of names) {
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined && name !== "") return [twin, name];
    seen.set(name.toLowerCase(), name);
  }
  return undefined;
}

/**
 * Whether a list of columns looks as if DuckDB had renamed one: it makes `a, A_1` of `a, A`. Only then is it worth
 * reading the names as they stand in the file.
 */
export function mayHideTwins(names: readonly string[]): boolean {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return names.some((name) => known.has(name.toLowerCase().replace(/_\d+$/, "")) && /_\d+$/.test(name));
}
