import type { Command } from "commander";
import type { CheckOptions } from "../check-spec.ts";
import type { Session } from "../session.ts";

/** `muster check`: collects evidence, judges, gates. */
export function checkCommand(program: Command, session: Session): void {
  program
    .command("check")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--model <file>", "the candidate (ONNX)")
    .option("--stage <stage...>", "only claims of these stages: data, release, serving, live")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--memory <size>", "most memory that the data engine takes, such as 2GiB")
    .option("--fresh", "measure everything anew, also what has evidence")
    .option("--all", "list every open line")
    .option("--explain", "print what would be read and at what cost, and run none of it")
    .option(
      "--allow-judge <calls>",
      "send evaluation texts to the spec's judge model, so many calls at most; without it nothing is sent",
    )
    .option("--format <format>", "text, json or markdown", "text")
    .description("collect evidence for every claim, judge it, and say whether the model may ship")
    .addHelpText(
      "after",
      "\nExample:\n  muster check examples/flight-delay/muster.yaml --model examples/flight-delay/models/recent.onnx",
    )
    .action((spec: string, options: CheckOptions) =>
      session.run(async (terminal) => {
        const { check } = await import("../check-spec.ts");
        return check(spec, options, terminal);
      }),
    );
}
