/** How many runs the first argument asks for; ends the process with 2 where it is no whole number above 0. */
export function runsGiven(usual) {
  const given = process.argv[2] ?? String(usual);
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  process.stderr.write(
    `The argument is the number of runs, such as ${usual}; found ${JSON.stringify(given)}.\n`,
  );
  return process.exit(2);
}
