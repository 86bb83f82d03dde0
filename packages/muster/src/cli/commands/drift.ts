import type { Command } from "commander";
import type { DriftDataOptions } from "../drift-data.ts";
import type { Session } from "../session.ts";

/** `muster drift`: whether data is still distributed as it was. */
export function driftCommand(program: Command, session: Session): void {
  program
    .command("drift")
    .argument("<base>", "the reference: data, a profile (.json), or a release (release:r1, release:live)")
    .argument("<current>", "the data to compare with it")
    .option("--columns <column...>", "only these columns")
    .option("--threshold <nats>", "the divergence from which on a column has drifted", "0.1")
    .option("--alpha <share>", "chance of a false alarm, shared by all columns", "0.001")
    .option("--prediction <column>", "also say how far this column of predictions has shifted")
    .option("--shift <share>", "the shift from which on --prediction has shifted", "0.05")
    .option("--exact", "count every value, however many there are (exact ks and wasserstein)")
    .option(
      "--mode <mode>",
      "muster, or the tool whose numbers to reproduce: evidently, evidently-spark, nannyml, deepchecks, giskard, tfdv",
      "muster",
    )
    .option("--test <name>", "of the other tool, instead of its own choice for a column")
    .option("--spec <file>", "the spec of release:..", "muster.yaml")
    .option("--store <folder>", "the store of release:.. (default: .muster beside the spec)")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option(
      "--format <format>",
      "text, json, markdown or html (--mode muster); text or json for other modes",
      "text",
    )
    .description("which columns are no longer distributed as they were, and by how much")
    .addHelpText(
      "after",
      "\nExample:\n  muster drift train.parquet production.parquet --columns distance origin\n" +
        "\nExit codes: 0 every column is steady; 1 something drifted or is undecided.",
    )
    .action((base: string, current: string, options: DriftDataOptions) =>
      session.run(async (terminal) => {
        const { driftData } = await import("../drift-data.ts");
        return driftData(base, current, options, terminal);
      }),
    );
}
