import type { Command } from "commander";
import type { ExplainOptions } from "../explain-rule.ts";
import type { Session } from "../session.ts";

/** `muster explain`: what a code means, with a spec's own numbers. */
export function explainCommand(program: Command, session: Session): void {
  program
    .command("explain")
    .argument("<code>", "a code or slug: MU-A110, unknown-key ..")
    .argument("[spec]", "the spec whose numbers are put in")
    .option("--profile <file>", "training data, or a profile of it, for the rules that need one")
    .description("what a rule or a code means, and whether a spec has it")
    .addHelpText("after", "\nExample:\n  muster explain MU-A110 muster.yaml")
    .action((code: string, spec: string | undefined, options: ExplainOptions) =>
      session.run(async (terminal) => {
        const { explainCode } = await import("../explain-rule.ts");
        return explainCode(code, spec, options, terminal);
      }),
    );
}
