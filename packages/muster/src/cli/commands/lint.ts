import type { Command } from "commander";
import type { Session } from "../session.ts";

/** `muster lint`: what is wrong with a spec before anything is measured. */
export function lintCommand(program: Command, session: Session): void {
  program
    .command("lint")
    .argument("[spec...]", "spec files", ["muster.yaml"])
    .option("--format <format>", "text or json", "text")
    .description("what the spec leaves open, contradicts or gets wrong")
    .addHelpText("after", "\nExample:\n  muster lint examples/flight-delay/muster.yaml")
    .action((specs: string[], options: { format: string }) =>
      session.run(async (terminal) => {
        const { lint } = await import("../lint-spec.ts");
        return lint(specs, options, terminal);
      }),
    );
}
