import type { Command } from "commander";
import type { LintCommandOptions } from "../lint-spec.ts";
import type { Session } from "../session.ts";

/** `muster lint`: what is wrong with a spec before anything is measured. */
export function lintCommand(program: Command, session: Session): void {
  program
    .command("lint")
    .argument("[spec...]", "spec files", ["muster.yaml"])
    .option(
      "--format <format[=file]>",
      "text, json, sarif, junit, github, gitlab, markdown or html; may be given several times",
      collected,
    )
    .option("-o, --output <file>", "where the report goes that has no file of its own")
    .option("--preset <preset>", "minimal, recommended, strict or regulated")
    .option("--all", "also list what was suppressed and what could not run")
    .option("--fix", "mend what can be mended without changing a promise")
    .option("--suggestions", "with --fix: also apply what is only suggested")
    .option("--since <ref>", "only what is new against the spec at this git ref")
    .option("--max-warnings <count>", "end with 0 up to so many warnings")
    .option("--profile <file>", "training data, or a profile of it, for the rules that need one")
    .option("--docs-url <url>", "what links to the documentation begin with")
    .description("what the spec leaves open, contradicts or gets wrong")
    .addHelpText("after", "\nExample:\n  muster lint examples/flight-delay/muster.yaml")
    .action((specs: string[], options: LintCommandOptions) =>
      session.run(async (terminal) => {
        const { lint } = await import("../lint-spec.ts");
        return lint(specs, options, terminal);
      }),
    );
}

/** Not variadic: `lint --format json muster.yaml` names a spec at its end. */
const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];
