// For people who use Muster as a library in Node: what reads files, keeps a store and runs models. Beside `index.ts`.

export { DuckDbEngine } from "./engine/duckdb/duckdb-engine.ts";
export type { DuckDbOptions } from "./engine/duckdb/options.ts";
export { type OnnxModelOptions, openOnnxModel } from "./model/onnx/process-model.ts";
export { openSqliteStore } from "./store/sqlite.ts";
