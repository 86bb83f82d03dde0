import type { Command } from "commander";
import type { Session } from "../session.ts";

/** `muster approve`: a person agrees that one change may lessen a promise or break a caller. */
export function approveCommand(program: Command, session: Session): void {
  program
    .command("approve")
    .argument("<fingerprint>", "of the change, as `muster diff --breaking` or `muster check` shows it")
    .argument("[spec]", "the spec file", "muster.yaml")
    .requiredOption("--by <who>", "who approves it")
    .requiredOption("--reason <text>", "why")
    .option(
      "--against <old>",
      "the spec or git revision that the change starts from (default: what was released or checked)",
    )
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .description("approve one change of a promise; bound to its values, it survives a rebase")
    .addHelpText(
      "after",
      '\nExample:\n  muster approve 3f9c1a2b4d5e --by pm@airline.example --reason "agreed with risk on 3 March"',
    )
    .action(
      (
        fingerprint: string,
        spec: string,
        options: { by: string; reason: string; against?: string; store?: string },
      ) =>
        session.run(async (terminal) => {
          const { approve } = await import("../approve-change.ts");
          return approve(fingerprint, spec, options, terminal);
        }),
    );
}
