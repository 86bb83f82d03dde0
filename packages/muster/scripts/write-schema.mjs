// Writes schema/muster.schema.json from the built schema: npm run build && node packages/muster/scripts/write-schema.mjs
import { writeFileSync } from "node:fs";
import { specJsonSchema } from "../dist/spec/json-schema.js";

const target = new URL("../schema/muster.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(specJsonSchema(), null, 2)}\n`);
