import type { Command } from "commander";
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
    .option("--format <format>", "text or json", "text")
    .description("write the columns that the contract's preprocessing makes, as serving will make them")
    .addHelpText("after", "\nExample:\n  muster data prepare data/evaluation.parquet -o prepared.parquet")
    .action((file: string, options: PrepareOptions) =>
      session.run(async (terminal) => {
        const { prepareData } = await import("../prepare-data.ts");
        return prepareData(file, options, terminal);
      }),
    );
}
