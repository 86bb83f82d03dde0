import type { CsvHeader } from "./csv-header.ts";
import { duckDbDialect } from "./dialect.ts";
import type { TableFiles } from "./files.ts";

/** The DuckDB table function call that reads the files. */
export function readerSql(files: TableFiles, header: CsvHeader | undefined): string {
  const paths = `[${files.paths.map((path) => duckDbDialect.text(withoutPattern(path))).join(", ")}]`;
  const many = files.paths.length > 1 ? ", union_by_name = true" : "";
  switch (files.format) {
    case "parquet":
      return `read_parquet(${paths}, hive_partitioning = ${files.many}${many})`;
    case "csv":
      // The whole file decides a column's type, so that no later row can contradict it; a quoted nothing is an
      // empty text, not a missing value; and no line is skipped because it does not fit.
      return (
        `read_csv(${paths}, header = true, skip = 0, delim = ${duckDbDialect.text(header?.delimiter ?? ",")}, ` +
        `quote = '"', escape = '"', comment = '', strict_mode = true, ignore_errors = false, null_padding = false, ` +
        `sample_size = -1, allow_quoted_nulls = false, hive_partitioning = ${files.many}${many})`
      );
    case "duckdb":
      throw new RangeError("a database is attached, not read by a function");
    case "json_lines":
    case "json": {
      const format = files.format === "json" ? "auto" : "newline_delimited";
      return (
        `read_json(${paths}, format = '${format}', records = true, sample_size = -1, map_inference_threshold = -1, ` +
        `hive_partitioning = ${files.many}${many})`
      );
    }
  }
}

/** DuckDB expands patterns in every path; a bracketed character stands for itself. */
export function withoutPattern(path: string): string {
  return path.replace(/[*?[]/g, "[$&]");
}

/** The names of the columns as they stand in the files, where DuckDB would rename some. */
export function namesSql(files: TableFiles): string {
  const paths = `[${files.paths.map((path) => duckDbDialect.text(withoutPattern(path))).join(", ")}]`;
  // In a schema a struct's fields follow it; only what the root counts as its children are columns.
  if (files.format === "parquet")
    return `SELECT file_name, name, num_children, type FROM parquet_schema(${paths})`;
  return `SELECT DISTINCT '' AS file_name, unnest(json_keys(json)) AS name FROM read_json_objects(${paths})`;
}
