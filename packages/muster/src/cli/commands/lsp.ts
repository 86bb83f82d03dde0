import { type Command, Option } from "commander";
import type { Session } from "../session.ts";

/** `muster lsp`: the language server, for editors. */
export function lspCommand(program: Command, session: Session): void {
  program
    .command("lsp")
    .option("--docs-url <url>", "where the pages of docs/ are, such as https://git.example/muster/blob/main/")
    // Client libraries add these two whether or not a server needs them.
    .addOption(new Option("--stdio", "speak on standard input and output, as it does anyway").hideHelp())
    .addOption(new Option("--clientProcessId <pid>", "the editor's process").hideHelp())
    .description("a language server for editors, on standard input and output")
    .addHelpText("after", "\nEditors start it themselves (docs/editor.md).\n\nExample:\n  muster lsp")
    .action((options: { docsUrl?: string }) =>
      session.run(async (terminal) => {
        const { serveEditor } = await import("../serve-editor.ts");
        return serveEditor(options, terminal);
      }),
    );
}
