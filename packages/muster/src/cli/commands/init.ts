import type { Command } from "commander";
import type { InitOptions } from "../init-spec.ts";
import type { Session } from "../session.ts";

/** `muster init`: a first spec, from answers, data, a template or a document. */
export function initCommand(program: Command, session: Session): void {
  program
    .command("init")
    .argument("[dir]", "the folder to write muster.yaml into", ".")
    .option("--template <kind>", "start from a template; --list names them")
    .option("--list", "name the templates")
    .option(
      "--from <data>",
      "draft contract, data and evaluation from Parquet, CSV or JSON lines (with --label)",
    )
    .option("--label <column>", "with --from: the column with the truth")
    .option("--time <column>", "with --from: the column that says when a row happened")
    .option("--evaluation <data>", "with --from: the data that the model is judged on")
    .option(
      "--import <file>",
      "a filled-in Markdown template, model card, data contract, negotiation card or API description",
    )
    .option(
      "--kind <kind>",
      "with --import: template, model-card, odcs, mlte, openapi or json-schema (default: told by its content)",
    )
    .option("--name <name>", "the product's name")
    .option("--yes", "no questions: take what they offer")
    .option("--force", "replace a muster.yaml that is there")
    .description("a first spec: from a short interview, a template, data or a document")
    .addHelpText(
      "after",
      [
        "",
        "Example:",
        "  muster init --from data/train.parquet --label churned --time seen_at --evaluation data/test.parquet",
        "",
        "On a terminal, muster init alone asks. docs/starting.md shows every way to start.",
      ].join("\n"),
    )
    .action((folder: string, options: InitOptions) =>
      session.run(async (terminal) => {
        const { init } = await import("../init-spec.ts");
        const { askTerminal } = await import("../ask-terminal.ts");
        const asking = askTerminal(terminal.signal);
        try {
          return await init(folder, options, terminal, asking?.ask ?? null);
        } finally {
          asking?.close();
        }
      }),
    );
}
