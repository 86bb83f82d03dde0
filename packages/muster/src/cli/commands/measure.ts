import type { Command } from "commander";
import type { MeasureOptions } from "../measure-data.ts";
import type { Session } from "../session.ts";

/** `muster measure`: one metric, with its interval, overall and for each group. */
export function measureCommand(program: Command, session: Session): void {
  program
    .command("measure")
    .argument(
      "<metric>",
      "its name, as scikit-learn has it: roc_auc, recall .., or a file of code: ./cost.mjs",
    )
    .argument("<data>", "Parquet, CSV or JSON lines")
    .option("--label <column>", "the true value; not needed by what judges predictions alone")
    .option("--labels <class=column...>", "of rows with several labels or outputs: the true one of each")
    .option("--score <column>", "the model's score")
    .option("--scores <class=column...>", "of several classes: the score of each")
    .option("--prediction <column>", "the model's decision or value")
    .option("--predictions <class=column...>", "of several labels or outputs: the predicted one of each")
    .option("--lower <column>", "the lower end of each row's predicted interval")
    .option("--upper <column>", "its upper end")
    .option("--event <column>", "of alarms: the event that a row belongs to, empty outside of events")
    .option("--time <column>", "when each row was")
    .option("--threshold <number>", "with --score: what counts as predicted positive")
    .option("--positive <value>", "the label's positive class")
    .option("--weight <column>", "sample weights")
    .option("--query <column>", "for ranked lists: which query the row answers")
    .option("--qrels <file>", "for ranked lists: judgements as trec_eval reads them; the data is a run then")
    .option("--baseline <column>", "another score or prediction of the same rows: by how much it is beaten")
    .option("--unit <column>", "rows of one unit belong together: intervals take units as independent")
    .option("--by <column...>", "each value of these columns as a group, each combination of several")
    .option(
      "--param <name=value...>",
      "parameters of the metric, such as average=macro; name=@file reads a file",
    )
    .option("--allow-code", "run the metric's file; it can do whatever you can")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option("--confidence <share>", "of the interval", "95%")
    .option("--explain", "print what would be read and at what cost, and run none of it")
    .option("--format <format>", "text or json", "text")
    .description("one metric, with its interval, overall and per group")
    .addHelpText(
      "after",
      "\nExample:\n  muster measure roc_auc scored.parquet --label late15 --score late --by origin" +
        "\n  muster measure ndcg_cut_10 run.txt --qrels qrels.txt",
    )
    .action((metric: string, data: string, options: MeasureOptions) =>
      session.run(async (terminal) => {
        const { measureData } = await import("../measure-data.ts");
        return measureData(metric, data, options, terminal);
      }),
    );
}
