import type { Command } from "commander";
import type { Session } from "../session.ts";

/** `muster status`: judges the evidence at hand; measures and stores nothing. */
export function statusCommand(program: Command, session: Session): void {
  program
    .command("status")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--model <file>", "the candidate; by default the one that was checked last")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "text, json or markdown", "text")
    .description("every line of the spec and its verdict, from the evidence at hand")
    .addHelpText("after", "\nExample:\n  muster status examples/flight-delay/muster.yaml")
    .action((spec: string, options: { model?: string; store?: string; format: string }) =>
      session.run(async (terminal) => {
        const { status } = await import("../check-spec.ts");
        return status(spec, options, terminal);
      }),
    );
}
