import type { Command } from "commander";
import type { Session } from "../session.ts";

export interface ServeOptions {
  readonly store?: string;
  readonly host: string;
  readonly port: string;
  readonly processes: string;
}

/** `muster serve`: the gateway. */
export function serveCommand(program: Command, session: Session): void {
  program
    .command("serve")
    .argument("[spec]", "the spec file", "muster.yaml")
    .option("--store <folder>", "the store (default: .muster beside the spec)")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 takes a free one", "8080")
    .option("--processes <number>", "processes that the model runs in", "1")
    .description("answer predictions with the live release, under its spec")
    .addHelpText("after", "\nExample:\n  muster serve examples/flight-delay/muster.yaml --port 8080")
    .action((spec: string, options: ServeOptions) =>
      session.run(async (terminal) => {
        const { serve } = await import("../serve-release.ts");
        return serve(spec, options, terminal);
      }),
    );
}
