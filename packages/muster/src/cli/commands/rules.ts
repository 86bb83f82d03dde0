import type { Command } from "commander";
import type { ListRulesOptions } from "../list-rules.ts";
import type { Session } from "../session.ts";

/** `muster rules`: the rules of the linter. */
export function rulesCommand(program: Command, session: Session): void {
  program
    .command("rules")
    .option("--format <format>", "text or json", "text")
    .option("--preset <preset>", "those that minimal, recommended, strict or regulated asks")
    .description("the rules of the linter")
    .addHelpText("after", "\nExample:\n  muster rules --preset strict")
    .action((options: ListRulesOptions) =>
      session.run(async (terminal) => {
        const { listRules } = await import("../list-rules.ts");
        return listRules(options, terminal);
      }),
    );
}
