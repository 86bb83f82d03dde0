import { completeJudge } from "../evaluate/compile/judged.ts";
import type { Judges } from "../evaluate/workbench.ts";
import { formatCount } from "../report/format-number.ts";
import { printable } from "../report/printable.ts";
import { MusterError } from "../source/muster-error.ts";
import type { Spec } from "../spec/spec.ts";
import { judgesOf } from "./load-spec.ts";
import type { Terminal } from "./terminal.ts";
import { openJudge } from "./wire.ts";

const timeoutMs = 30_000;
const retries = 3;

/** The spec's judge models, for so many calls together. Addresses and keys are taken from the environment when one is asked. */
export function allowedJudges(spec: Spec, calls: number, terminal: Terminal): Judges {
  let left = calls;
  return {
    left: () => left,
    take(wanted) {
      if (wanted > left) return false;
      left -= wanted;
      return true;
    },
    announce(model, most) {
      terminal.err(`Asking ${printable(model)} up to ${formatCount(most)} times.`);
    },
    open(id) {
      const judge = judgesOf(spec)
        .map(completeJudge)
        .find((one) => typeof one !== "string" && one.id === id);
      if (judge === undefined || typeof judge === "string")
        throw new MusterError("internal", `No judge of the spec is ${id}.`);
      const { model, rubric, scale, key } = judge;
      return openJudge({
        address: addressIn(judge.address, terminal.env),
        model,
        ...(key === undefined ? {} : { key }),
        rubric,
        scale,
        retries,
        timeout_ms: timeoutMs,
      });
    },
  };
}

/** The address itself, or what the environment holds under `${NAME}`. */
function addressIn(written: string, env: Terminal["env"]): string {
  const name = /^\$\{(\w+)\}$/.exec(written)?.[1];
  if (name === undefined) return written;
  const address = env[name]?.trim();
  if (address) return address;
  throw new MusterError(
    "call/bad-argument",
    `The environment variable ${name} holds no address of a judge.`,
    {
      hint: "Set it to an https:// address.",
    },
  );
}
