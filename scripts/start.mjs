// `npm start`: the main job on the example, then the gateway. Sets the checkout up first if needed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureReady, root, run } from "./setup.mjs";

const example = "examples/flight-delay";
const spec = `${example}/muster.yaml`;
const muster = (args, allow) =>
  run(process.execPath, [join(root, "packages/muster/bin/muster.js"), ...args], allow ? { allow } : {});
/** What a command prints; a failure ends this process with the same code. */
const output = (args) => {
  const bin = join(root, "packages/muster/bin/muster.js");
  const stdio = ["ignore", "pipe", "inherit"];
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    stdio,
    encoding: "utf8",
  });
  if (status !== 0) process.exit(status ?? 130);
  return stdout;
};
const title = (text) => process.stdout.write(`\n${"=".repeat(78)}\n${text}\n${"=".repeat(78)}\n`);
const port = process.env.PORT ?? "8080";

ensureReady();

title("The data: three million flights, January to June 2001");
run(process.execPath, [join(root, example, "build/prepare.js")]);

title("Candidate 1: hour, weekday, distance and route. Good on average; is it good for all?");
muster(["check", spec, "--model", `${example}/models/simple.onnx`], [0, 1]);

title("Candidate 2: also how late the last hours were");
muster(["check", spec, "--model", `${example}/models/recent.onnx`]);

title("The release, the report and the gateway");
// A changed spec makes another release than r1, and it is this one that is to be served.
const added = JSON.parse(
  output(["release", "add", spec, "--model", `${example}/models/recent.onnx`, "--format", "json"]),
);
process.stdout.write(`${added.added ? "Added" : "Kept"} ${added.release}: ${added.because}.\n`);
muster(["release", "promote", added.release, spec]);
muster([
  "report",
  spec,
  "--model",
  `${example}/models/recent.onnx`,
  "--format",
  "html",
  "--output",
  `${example}/report.html`,
]);
if (existsSync(join(root, example, "report.html")))
  process.stdout.write(`Open ${example}/report.html in a browser.\n`);
muster(["serve", spec, "--port", port], [0, 130]);
