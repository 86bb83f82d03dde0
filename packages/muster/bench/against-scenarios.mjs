// The pieces of work of `npm run bench`: what ours is called with, which peers do the same, and which numbers must agree.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wideColumns, wideRows } from "./against-data.mjs";
import { airports } from "./airports.mjs";

const muster = fileURLToPath(new URL("./clocked.mjs", import.meta.url));
const gate = fileURLToPath(new URL("./gate-of-subgroups.mjs", import.meta.url));
const slices = fileURLToPath(new URL("./slices-of-flights.mjs", import.meta.url));
const atLeastOnGate = 10;
const atLeastOnChecks = 5;
const atLeastOnSlices = 5;

/** `folder` is for what a scenario needs besides the data. */
export function scenarios(data, folder) {
  return [
    checks("data checks, flights (3,000,000 rows)", data.flights, flightNeeds(), folder, "flights"),
    checks(
      `data checks, wide (${wideRows} rows, ${wideColumns} columns)`,
      data.wide,
      wideNeeds(),
      folder,
      "wide",
    ),
    {
      name: "gate metrics, overall and 229 subgroups (3,000,000 rows)",
      kind: "gate",
      target: atLeastOnGate,
      ours: [gate, data.flights],
      peers: [{ name: "fairlearn with scikit-learn", script: "gate_fairlearn.py", args: [data.flights] }],
      compare: sameGate,
    },
    drift("drift, flights (3,000,000 rows, 4 columns)", data.flightsBase, data.flightsCurrent),
    drift(`drift, wide (${wideRows} rows, ${wideColumns} columns)`, data.wideBase, data.wideCurrent),
    slicesOf("slices of three columns, flights (3,000,000 rows)", data.flights),
  ];
}

function checks(name, path, needs, folder, label) {
  const json = join(folder, `${label}.json`);
  writeFileSync(json, JSON.stringify(needs));
  const spec = join(folder, `${label}.muster.yaml`);
  writeFileSync(spec, specOf(path, needs));
  const args = [
    "check",
    spec,
    "--stage",
    "data",
    "--fresh",
    "--format",
    "json",
    "--store",
    join(folder, label),
  ];
  return {
    name,
    kind: "checks",
    target: atLeastOnChecks,
    ours: [muster, ...args],
    // Lines that no peer knows, such as the label's column, may be undecided here.
    okExit: [0, 1],
    peers: [
      { name: "pandera", script: "checks_pandera.py", args: [path, json] },
      { name: "Great Expectations", script: "checks_great_expectations.py", args: [path, json] },
    ],
    compare: sameChecks,
  };
}

function drift(name, base, current) {
  return {
    name,
    kind: "drift",
    target: atLeastOnGate,
    ours: [muster, "drift", base, current, "--format", "json"],
    okExit: [0, 1],
    peers: [
      { name: "Evidently", script: "drift_evidently.py", args: [base, current] },
      { name: "NannyML", script: "drift_nannyml.py", args: [base, current] },
    ],
  };
}

/** Every combination of three attributes' values that one flight in 2,000 has; the 30 most frequent values and all others. */
function slicesOf(name, path) {
  const args = [path, "0.0005", "30", "origin", "destination", "hour"];
  return {
    name,
    kind: "slices",
    target: atLeastOnSlices,
    ours: [slices, ...args],
    peers: [{ name: "DivExplorer", script: "slices_divexplorer.py", args }],
    compare: sameSlices,
  };
}

function flightNeeds() {
  return {
    rows: 2_900_000,
    label: "late",
    columns: {
      delay: { type: "integer", range: [-2000, 2000] },
      distance: { type: "integer", range: [0, 6000] },
      origin: { type: "string", values: airports },
      destination: { type: "string", values: airports },
      hour: { type: "integer", range: [0, 23] },
      score: { type: "float", range: [0, 1] },
    },
  };
}

function wideNeeds() {
  const columns = Array.from({ length: wideColumns }, (_, c) => [
    `x${c}`,
    { type: "float", range: [-1000, 1000] },
  ]);
  return { rows: wideRows, label: null, columns: Object.fromEntries(columns) };
}

/** The same requirements as a spec. */
function specOf(path, { rows, label, columns }) {
  const inputs = Object.entries(columns).map(([name, { type, range, values }]) => {
    const closed = values === undefined ? "" : `, values: [${values.join(", ")}]`;
    const within = range === undefined ? "" : `, range: [${range.join(", ")}]`;
    return `    - {name: ${name}, type: ${type}, required: true${within}${closed}}`;
  });
  return [
    "muster: 1",
    "name: bench",
    "version: 1.0.0",
    "status: draft",
    "contract:",
    "  inputs:",
    ...inputs,
    "  outputs:",
    "    - {name: y, type: probability, range: [0, 1]}",
    "problem: {statement: The work of a benchmark., output: classification}",
    "data:",
    `  training: {path: ${JSON.stringify(path)}}`,
    ...(label === null ? [] : [`  label: {column: ${label}, positive: 1}`]),
    "  requirements:",
    `    examples: {total: ${rows}}`,
    ...(label === null ? [] : ["    class_balance: {max_share: 85%}"]),
    "",
  ].join("\n");
}

/** Whether everybody found the same requirements met. */
function sameChecks(stdout, peers) {
  const { claims } = JSON.parse(stdout);
  const broken = claims.filter(({ outcome }) => outcome === "broken").length;
  const differences = [];
  for (const [name, { failed, share }] of peers) {
    if (failed !== broken) differences.push(`${name}: ${failed} failed, here ${broken}`);
    const own = claims.find(({ id }) => id.includes("class-balance"))?.evidence[0]?.value;
    if (share !== undefined && share !== null && !near(own, share)) {
      differences.push(`${name}: largest class ${share}, here ${own}`);
    }
  }
  return differences;
}

function sameGate(stdout, peers) {
  const own = JSON.parse(stdout);
  const differences = [];
  for (const [name, theirs] of peers) {
    if (own.groups !== theirs.groups)
      differences.push(`${name}: ${theirs.groups} groups, here ${own.groups}`);
    for (const part of ["overall", "sums"]) {
      for (const [metric, value] of Object.entries(theirs[part])) {
        if (!near(own[part][metric], value))
          differences.push(`${name}: ${part} ${metric} ${value}, here ${own[part][metric]}`);
      }
    }
  }
  return differences;
}

/** Slices of enough rows, and how wrong the largest of them are, over both halves. */
function sameSlices(stdout, peers) {
  const own = JSON.parse(stdout);
  const differences = [];
  for (const [name, theirs] of peers) {
    if (own.slices !== theirs.slices)
      differences.push(`${name}: ${theirs.slices} slices, here ${own.slices}`);
    for (const [i, { rows, wrong }] of theirs.largest.entries()) {
      const same = own.largest[i];
      if (same?.rows !== rows || !near(same.wrong, wrong))
        differences.push(`${name}: wrong in ${wrong} of ${rows} rows, here ${same?.wrong} of ${same?.rows}`);
    }
  }
  return differences;
}

const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
