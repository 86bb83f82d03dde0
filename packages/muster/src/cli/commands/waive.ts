import type { Command } from "commander";
import type { Session } from "../session.ts";

/** `muster waive`: a person accepts one broken or undecided claim, signed, with a reason, for a time. */
export function waiveCommand(program: Command, session: Session): void {
  program
    .command("waive")
    .argument("<claim>", "its id, as `muster status` shows it")
    .argument("[spec]", "the spec file", "muster.yaml")
    .requiredOption("--by <who>", "who accepts it")
    .requiredOption("--reason <text>", "why")
    .requiredOption("--expires <date>", "until when, such as 2026-12-31")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .description("accept one broken or undecided claim, signed, dated and expiring")
    .addHelpText(
      "after",
      '\nExample:\n  muster waive evaluation-primary-origin-atl --by pm@airline.example --reason "ATL is served by hand" --expires 2026-12-31',
    )
    .action(
      (
        claim: string,
        spec: string,
        options: { by: string; reason: string; expires: string; store?: string },
      ) =>
        session.run(async (terminal) => {
          const { waive } = await import("../waive-claim.ts");
          return waive(claim, spec, options, terminal);
        }),
    );
}
