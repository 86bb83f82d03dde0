import { expect, test } from "vitest";
import { MusterError } from "../source/muster-error.ts";
import { ProblemLog } from "./problem-log.ts";

const failed = (message: string): MusterError => new MusterError("model/failed", message);

test("a problem is told at once, then counted, and told again after its time", () => {
  const lines: string[] = [];
  let at = 0;
  const log = new ProblemLog(
    (line) => lines.push(line),
    () => at,
    { everyMs: 1000 },
  );
  log.add(failed("a"));
  log.add(failed("b"));
  for (at = 1; at < 1000; at++) log.add(failed("a"));
  expect(lines).toEqual(["model/failed: a", "model/failed: b"]);
  log.add(failed("a"));
  expect(lines.at(-1)).toBe("model/failed: a (and 999 times since it was last told)");
});

test("a problem is one line, whatever stands in it", () => {
  const lines: string[] = [];
  const log = new ProblemLog(
    (line) => lines.push(line),
    () => 0,
  );
  log.add(failed('bad value "x\nmuster: all is well\u001b[2K"'));
  expect(lines).toEqual(['model/failed: bad value "x muster: all is well [2K"']);
});

test("many different problems are not remembered without end, nor kept quiet", () => {
  const lines: string[] = [];
  const log = new ProblemLog(
    (line) => lines.push(line),
    () => 0,
  );
  for (let index = 0; index < 150; index++) log.add(failed(`${index}`));
  expect(lines).toHaveLength(150);
  log.add(failed("149"));
  expect(lines).toHaveLength(150);
  log.add(failed("0"));
  expect(lines).toHaveLength(151);
});

test("where inputs are redacted, what a model says is withheld, and what the journal says is not", () => {
  const lines: string[] = [];
  const log = new ProblemLog(
    (line) => lines.push(line),
    () => 0,
    { withhold: true },
  );
  log.add(failed('no such key: "Mr Smith"'));
  log.add(new MusterError("internal", "the journal cannot be written: ENOSPC"));
  expect(lines[0]).toBe("model/failed: its message is withheld, as it may quote inputs that are redacted");
  expect(lines[1]).toContain("ENOSPC");
});
