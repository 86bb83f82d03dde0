import type { Command } from "commander";
import type { Session } from "../session.ts";

/** `muster diff`: what changed between two specs, and what breaks callers or weakens promises. */
export function diffCommand(program: Command, session: Session): void {
  program
    .command("diff")
    .argument("<old>", "a spec file, or a git revision: HEAD, main, v1.2.0, main:path/to/muster.yaml")
    .argument("[new]", "a spec file or a git revision", "muster.yaml")
    .option("--breaking", "say what each change means, to whom, and what has to be approved")
    .option("--format <format>", "text, json or markdown", "text")
    .description("what changed, and which changes break callers or weaken promises")
    .addHelpText("after", "\nExample:\n  muster diff main muster.yaml --breaking")
    .action((old: string, now: string, options: { breaking?: boolean; format: string }) =>
      session.run(async (terminal) => {
        const { diff } = await import("../diff-specs.ts");
        return diff(old, now, options, terminal);
      }),
    );
}
