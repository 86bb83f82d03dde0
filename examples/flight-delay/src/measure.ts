import { command } from "./command.ts";
import { EVALUATION, flightsOf, type Period, PRODUCTION } from "./data/period.ts";
import { auc } from "./measure/auc.ts";
import { scoreOnnx } from "./measure/onnx-scorer.ts";
import { SUBGROUPS } from "./measure/subgroups.ts";

/** Prints the AUC of baseline and candidates, in all and by declared subgroup, and how long scoring takes. */
await command(async () => {
  for (const period of [EVALUATION, PRODUCTION]) await measure(period);
});

async function measure(period: Period): Promise<void> {
  const flights = await flightsOf(period);
  const columns = new Map([["baseline", flights.baseline]]);
  for (const name of ["simple", "recent"]) {
    const file = new URL(`../models/${name}.onnx`, import.meta.url);
    for (const threads of [2, 1]) {
      const { scores, milliseconds } = await scoreOnnx(file, flights, { batch: 8192, threads });
      console.log(`${name}: ${flights.rows} flights, ${threads} threads: ${Math.round(milliseconds)} ms`);
      columns.set(name, scores);
    }
  }
  console.log(`\n${period.from} to ${period.to}: AUC (95 % lower bound)\n`);
  console.log(`| | flights | late | ${[...columns.keys()].join(" | ")} |`);
  console.log(`|---|---|---|${"---|".repeat(columns.size)}`);
  for (const { name, holds } of SUBGROUPS) {
    const rows = Uint32Array.from({ length: flights.rows }, (_, row) => row).filter((row) =>
      holds({
        origin: flights.airports[flights.origin[row] ?? 0] ?? "",
        hour: flights.hour[row] ?? 0,
        distance: flights.numbers.get("distance")?.[row] ?? 0,
      }),
    );
    const labels = Uint8Array.from(rows, (row) => flights.late[row] ?? 0);
    const cells = [...columns.values()].map((scores) => {
      const { value, lower } = auc(
        Float32Array.from(rows, (row) => scores[row] ?? 0),
        labels,
      );
      return `${value.toFixed(4)} (${lower.toFixed(4)})`;
    });
    const late = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    console.log(`| ${name} | ${rows.length} | ${(100 * late).toFixed(1)} % | ${cells.join(" | ")} |`);
  }
  console.log("");
}
