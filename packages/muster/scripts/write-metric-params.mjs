// Writes src/spec/metric-params-table.ts from the metrics' own declarations: npm run build && node packages/muster/scripts/write-metric-params.mjs
import { writeFileSync } from "node:fs";
import { metricParamsTable } from "../dist/checks/metrics/params-table.js";

const target = new URL("../src/spec/metric-params-table.ts", import.meta.url);
writeFileSync(target, metricParamsTable());
