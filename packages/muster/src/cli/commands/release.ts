import type { Command } from "commander";
import { exitCode } from "../exit-code.ts";
import type { Session } from "../session.ts";

/** `muster release add|list|promote`. */
export function releaseCommand(program: Command, session: Session): void {
  const release = program
    .command("release")
    .description("versions of the model that the gate let through")
    .addHelpText("after", "\nExample:\n  muster release add --model models/recent.onnx");

  release
    .command("add")
    .argument("[spec]", "the spec file", "muster.yaml")
    .requiredOption("--model <file>", "the candidate")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "text or json", "text")
    .description("gate the candidate and, if it may ship, keep it as an immutable release")
    .addHelpText("after", "\nExample:\n  muster release add --model models/recent.onnx")
    .action((spec: string, options: { model: string; store?: string; format: string }) =>
      session.run(async (terminal) => {
        const { addRelease } = await import("../add-release.ts");
        return addRelease(spec, options, terminal);
      }),
    );

  release
    .command("list")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "text or json", "text")
    .description("the releases and which one is live")
    .addHelpText("after", "\nExample:\n  muster release list examples/flight-delay/muster.yaml")
    .action((spec: string, options: { store?: string; format: string }) =>
      session.run(async (terminal) => {
        const { listReleases } = await import("../list-releases.ts");
        return listReleases(spec, options, terminal);
      }),
    );

  release
    .command("promote")
    .argument("<release>", "its id, such as r1")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--format <format>", "text or json", "text")
    .description("make a release the live one, which `muster serve` answers with")
    .addHelpText("after", "\nExample:\n  muster release promote r1")
    .action((id: string, spec: string, options: { store?: string; format: string }) =>
      session.run(async (terminal) => {
        const { promoteRelease } = await import("../promote-release.ts");
        await promoteRelease(id, spec, options, terminal);
        return exitCode.kept;
      }),
    );
}
