import type { Command } from "commander";
import type { ReportOptions } from "../check-spec.ts";
import type { Session } from "../session.ts";

/** `muster report`: the spec with its evidence, to read, print and send. */
export function reportCommand(program: Command, session: Session): void {
  program
    .command("report")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--model <file>", "the candidate; by default the one that was checked last")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "html, markdown, json or text", "html")
    .option("--template", "with --format markdown: the spec as the Markdown template that teams fill in")
    .option("-o, --output <file>", "where to write it (default: standard output)")
    .description("the spec in its seven sections, each line with its verdict and where it came from")
    .addHelpText("after", "\nExample:\n  muster report --format html --output report.html")
    .action((spec: string, options: ReportOptions) =>
      session.run(async (terminal) => {
        const { report } = await import("../check-spec.ts");
        return report(spec, options, terminal);
      }),
    );
}
