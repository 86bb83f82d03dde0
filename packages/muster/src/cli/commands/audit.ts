import type { Command } from "commander";
import type { SampleOptions } from "../draw-audit.ts";
import type { RecordOptions } from "../record-audit.ts";
import type { Session } from "../session.ts";

/** `muster audit`: draws the training rows whose labels people look at again, and records what they found. */
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

  audit
    .command("record")
    .argument("[spec]", "the spec file, which names the audit", "muster.yaml")
    .requiredOption(
      "--reviews <file>",
      "CSV, JSON lines or Parquet: the key, and label (the right one) or agree (yes or no)",
    )
    .option("--reviewer <name>", "who looked (default: MUSTER_USER, else the user of the operating system)")
    .option("--second", "a second person's, who did not see the first one's")
    .option("--replace", "let a review take the place of an earlier one that says something else")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "text or json", "text")
    .description("what reviewers found, held against the drawn sample, into the file of data.label.audit")
    .addHelpText(
      "after",
      "\nExample:\n  muster audit record --reviews found.csv --reviewer ann@airline.example",
    )
    .action((spec: string, options: RecordOptions) =>
      session.run(async (terminal) => {
        const { recordAudit } = await import("../record-audit.ts");
        return recordAudit(spec, options, terminal);
      }),
    );
}
