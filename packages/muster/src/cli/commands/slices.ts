import type { Command } from "commander";
import type { Session } from "../session.ts";
import type { SlicesOptions } from "../slices-of-data.ts";

/** `muster slices`: where the model is worse than elsewhere, without anybody having named the place. */
export function slicesCommand(program: Command, session: Session): void {
  program
    .command("slices")
    .argument("<data>", "Parquet, CSV or JSON lines")
    .requiredOption("--label <column>", "the true value")
    .requiredOption(
      "--unit <column>",
      "whose rows belong together; the search and its proof take different units",
    )
    .option("--metric <name>", "accuracy, false_positive_rate, recall, mean_absolute_error ..", "accuracy")
    .option("--score <column>", "the model's score")
    .option("--prediction <column>", "the model's decision or value")
    .option("--threshold <number>", "with --score: what counts as predicted positive")
    .option("--positive <value>", "the label's positive class", "1")
    .option("--columns <column...>", "the attributes to combine; all others of few values without it")
    .option("--most <number>", "how many attributes a slice may combine, 1 to 3", "3")
    .option("--rows <number>", "the least rows of a slice in the half that is searched", "100")
    .option("--values <number>", "how many values of a column stand for themselves", "20")
    .option("--seed <number>", "which units go to which half", "1")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option("--format <format>", "text or json", "text")
    .description(
      "slices where the model is worse than elsewhere, found on half of the units and confirmed on the other",
    )
    .addHelpText(
      "after",
      "\nExample:\n  muster slices scored.parquet --label late15 --score late --threshold 0.3 --unit flight_id --columns origin distance",
    )
    .action((data: string, options: SlicesOptions) =>
      session.run(async (terminal) => {
        const { slicesOfData } = await import("../slices-of-data.ts");
        return slicesOfData(data, options, terminal);
      }),
    );
}
