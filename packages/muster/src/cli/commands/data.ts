import type { Command } from "commander";
import type { SkewCommandOptions } from "../data-skew.ts";
import type { PrepareOptions } from "../prepare-data.ts";
import type { Session } from "../session.ts";

/** `muster data prepare|skew`. */
export function dataCommand(program: Command, session: Session): void {
  const data = program
    .command("data")
    .description("the contract's preprocessing over files, and serving held against it")
    .addHelpText("after", "\nExample:\n  muster data prepare data/train.parquet -o prepared.parquet");

  data
    .command("prepare")
    .argument("<data>", "Parquet, CSV or JSON lines with the contract's inputs")
    .option("--spec <file>", "the spec file", "muster.yaml")
    .option("--fitted <file>", "what was fitted before, instead of fitting on the training data")
    .option("--save-fitted <file>", "write down what was fitted")
    .requiredOption("-o, --output <file>", "the Parquet file to write")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option("--format <format>", "text or json", "text")
    .description("write the columns that the contract's preprocessing makes, as serving will make them")
    .addHelpText("after", "\nExample:\n  muster data prepare data/evaluation.parquet -o prepared.parquet")
    .action((file: string, options: PrepareOptions) =>
      session.run(async (terminal) => {
        const { prepareData } = await import("../prepare-data.ts");
        return prepareData(file, options, terminal);
      }),
    );

  data
    .command("skew")
    .argument("<served>", "the journal's folder, or a file with what serving used")
    .argument("<training-side>", "a file with what training would have used for the same rows")
    .requiredOption("--on <column>", "the column that says which row is which; of a journal the request's id")
    .option("--fitted <file>", "first prepare what was served, as muster data prepare does")
    .option("--spec <file>", "with --fitted: the spec file", "muster.yaml")
    .option("--tolerance <number>", "how far numbers may lie apart, of the larger of 1 and the value", "0")
    .option("--format <format>", "text or json", "text")
    .description("training/serving skew, row by row; 1 when a column differs")
    .addHelpText("after", "\nExample:\n  muster data skew .muster/journal offline.parquet --on request_id")
    .action((served: string, offline: string, options: SkewCommandOptions) =>
      session.run(async (terminal) => {
        const { dataSkew } = await import("../data-skew.ts");
        return dataSkew(served, offline, options, terminal);
      }),
    );
}
