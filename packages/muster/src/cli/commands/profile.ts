import type { Command } from "commander";
import type { ProfileDataOptions } from "../profile-data.ts";
import type { Session } from "../session.ts";

/** `muster profile`: what data looks like, frozen as the reference of drift. */
export function profileCommand(program: Command, session: Session): void {
  program
    .command("profile")
    .argument("<data>", "Parquet, CSV or JSON lines")
    .option("-o, --output <file>", "write the profile as JSON")
    .option("--spec <file>", "only the inputs of this spec's contract, with its types")
    .option("--columns <column...>", "only these columns")
    .option("--bins <number>", "bins of a number", "10")
    .option("--categories <number>", "values of a text with a cell of their own", "50")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option("--format <format>", "text or json", "text")
    .description("what data looks like: ranges, quantiles, top values, and the frozen bins for drift")
    .addHelpText("after", "\nExample:\n  muster profile train.parquet -o profile.json")
    .action((data: string, options: ProfileDataOptions) =>
      session.run(async (terminal) => {
        const { profileData } = await import("../profile-data.ts");
        return profileData(data, options, terminal);
      }),
    );
}
