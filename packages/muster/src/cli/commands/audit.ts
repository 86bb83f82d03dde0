import type { Command } from "commander";
import type { SampleOptions } from "../draw-audit.ts";
import type { Session } from "../session.ts";

/** `muster audit sample`: draws the training rows whose labels people look at again. */
export function auditCommand(program: Command, session: Session): void {
  const audit = program
    .command("audit")
    .description("labels that people look at again")
    .addHelpText(
      "after",
      "\nExample:\n  muster audit sample data/train.parquet --key flight_id --label late15 --size 300 --seed 7 -o audit.csv",
    );

  audit
    .command("sample")
    .argument("<data>", "the training data: Parquet, CSV or JSON lines")
    .requiredOption("--key <column...>", "what names a row")
    .requiredOption("--label <column>", "the label; only rows that have one are drawn")
    .requiredOption("--size <rows>", "how many rows; with --by, of each of its values")
    .requiredOption("--seed <number>", "any whole number; whoever knows it can draw the same rows")
    .option("--by <column>", "draw from each of its values apart")
    .option("--with <column...>", "further columns that a reviewer needs to see")
    .option("--show-label", "also write the label as it is; without it nobody is led by it")
    .requiredOption("-o, --output <file>", "the CSV file to write; never one that is there")
    .description("a random sample of rows, to be labelled again, that a seed draws the same everywhere")
    .addHelpText(
      "after",
      "\nExample:\n  muster audit sample data/train.parquet --key flight_id --label late15 --size 300 --seed 7 --with departure origin -o audit.csv",
    )
    .action((data: string, options: SampleOptions) =>
      session.run(async (terminal) => {
        const { drawAudit } = await import("../draw-audit.ts");
        return drawAudit(data, options, terminal);
      }),
    );
}
