import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { muster, start } from "./fixtures/muster.ts";
import { csv, toyProject } from "./fixtures/toy-project.ts";

interface ClaimJson {
  readonly id: string;
  readonly outcome: string;
  readonly stale: boolean;
  readonly because?: string;
  readonly evidence: readonly { readonly value: number | null; readonly rows: number }[];
}

const project = toyProject();
const run = (...args: string[]) => muster(args, project.folder);
const claims = (json: string): Map<string, ClaimJson> =>
  new Map((JSON.parse(json).claims as ClaimJson[]).map((c) => [c.id, c]));

describe("from a spec to a served prediction", () => {
  test("a candidate that fails is held with 1, and the last line says why", async () => {
    const { code, out, err } = await run("check", "--model", project.flat);
    expect(err).toBe("");
    expect(out.trimEnd().split("\n\n").at(-1)).toMatch(/^HOLD {2}.*roc_auc/s);
    expect(code).toBe(1);
  });

  test("a held candidate cannot be released", async () => {
    const { code, err } = await run("release", "add", "--model", project.flat);
    expect(err).toContain("HOLD");
    expect(code).toBe(1);
    expect((await run("release", "list")).out).toContain("no releases yet");
  });

  test("a candidate that keeps every promise ships with 0, in the documented JSON", async () => {
    const { code, out } = await run("check", "--model", project.good, "--format", "json");
    const json = JSON.parse(out);
    expect(code).toBe(0);
    expect(json).toMatchObject({ version: 1, verdict: "ship", spec: { name: "toy", version: "1.0.0" } });
    expect(json.model.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const south = claims(out).get("evaluation-primary-depot-south");
    expect(south).toMatchObject({ outcome: "kept", stale: false, evidence: [{ rows: 1000 }] });
    for (const c of json.claims) {
      expect(Object.keys(c)).toEqual(
        expect.arrayContaining([
          "id",
          "section",
          "stage",
          "says",
          "outcome",
          "stale",
          "waived",
          "line",
          "evidence",
        ]),
      );
    }
  });

  test("status judges the evidence of the model that was checked last, without measuring", async () => {
    const { code, out } = await run("status", "--format", "json");
    expect(claims(out).get("evaluation-primary")?.outcome).toBe("kept");
    expect(code).toBe(0);
    const other = await run("status", "--model", project.flat, "--format", "json");
    expect(claims(other.out).get("evaluation-primary")?.outcome).toBe("broken");
    expect(other.code).toBe(1);
  });

  test("the report is one page that says ship", async () => {
    const { code } = await run("report", "--format", "html", "--output", "report.html");
    expect(code).toBe(0);
    const page = readFileSync(project.path("report.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain("roc_auc is at least 0.8 where depot is south");
  });

  test("it is released, promoted and served; the printed request is answered; Ctrl-C ends it with 0", async () => {
    const added = await run("release", "add", "--model", project.good);
    expect(added.out).toContain("Added r1 of toy");
    expect((await run("release", "add", "--model", project.good)).out).toContain(
      "r1 is this model under this spec already",
    );
    expect((await run("release", "promote", "r1")).out).toContain("r1 is live");

    // The file may change meanwhile: what is served is what was released.
    project.write(
      "muster.yaml",
      readFileSync(project.spec, "utf8").replace(
        "range: [0, 1]}\n    - {name: depot",
        "range: [0, 2]}\n    - {name: depot",
      ),
    );
    const server = start(["serve", "--port", "0"], project.folder);
    let out = "";
    server.stdout?.on("data", (chunk) => {
      out += chunk;
    });
    while (!out.includes("Ctrl-C")) await once(server.stdout as NodeJS.ReadableStream, "data");
    const [, url, body] = /curl -s (http:\S+)\/predict -d '(.+)'/.exec(out) ?? [];
    const answer = await fetch(`${url}/predict`, { method: "POST", body: body ?? "" });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      release: "r1",
      policy: "model",
      outputs: { late: expect.any(Number) },
    });

    const refused = await fetch(`${url}/predict`, {
      method: "POST",
      body: JSON.stringify({ depot: 7, wait: 1 }),
    });
    expect(refused.status).toBe(400);
    const violations = JSON.stringify(await refused.json());
    for (const word of ["weight", "depot", "wait"]) expect(violations).toContain(word);

    server.kill("SIGINT");
    const [code] = await once(server, "exit");
    expect(code).toBe(0);
  });
});

describe("a changed spec", () => {
  test("with another threshold judges the evidence at hand", async () => {
    const text = readFileSync(project.spec, "utf8");
    project.write("strict.yaml", text.replace("at_least: 0.8", "at_least: 0.99"));
    const { out } = await run("status", "strict.yaml", "--model", project.good, "--format", "json");
    expect(claims(out).get("evaluation-primary")).toMatchObject({ outcome: "broken", stale: false });
  });

  test("with other data is stale until it is checked again", async () => {
    project.write("eval.csv", csv(2004, 1000));
    const { out } = await run("status", "--model", project.good, "--format", "json");
    expect(claims(out).get("evaluation-primary")).toMatchObject({ outcome: "undecided", stale: true });
  });

  test("with a declared subgroup that has no rows holds the release and names it", async () => {
    project.write(
      "more.yaml",
      readFileSync(project.spec, "utf8").replace(
        "values: [north, south]}\nrisks",
        "values: [north, south, east]}\nrisks",
      ),
    );
    const { code, out } = await run("check", "more.yaml", "--model", project.good, "--format", "json");
    expect(claims(out).get("evaluation-primary-depot-east")).toMatchObject({
      outcome: "broken",
      because: "no row of the data falls into it",
    });
    expect(code).toBe(1);
  });

  test("without claims holds the release", async () => {
    project.write("empty.yaml", "muster: 1\nname: nothing\nversion: 1.0.0\nstatus: draft\n");
    const { code, out } = await run("check", "empty.yaml", "--model", project.good, "--format", "json");
    expect(JSON.parse(out)).toMatchObject({ verdict: "hold", claims: [] });
    expect(code).toBe(1);
  });
});

test("a waiver lets one broken claim pass, and is shown as one", async () => {
  const waive = await run(
    "waive",
    "evaluation-primary-depot-east",
    "more.yaml",
    "--by",
    "pm@toy.example",
    "--reason",
    "east opens next month",
    "--expires",
    new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
  );
  expect(waive.code).toBe(0);
  const { code, out } = await run("check", "more.yaml", "--model", project.good, "--format", "json");
  expect(
    JSON.parse(out).claims.find((c: ClaimJson) => c.id === "evaluation-primary-depot-east"),
  ).toMatchObject({ waived: true, outcome: "broken" });
  expect(code).toBe(0);
});

test("a claim that is kept cannot be waived in advance", async () => {
  await run("check", "more.yaml", "--model", project.good);
  const expires = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const signed = ["--by", "pm@toy.example", "--reason", "just in case it breaks", "--expires", expires];
  const early = await run("waive", "evaluation-primary", "more.yaml", ...signed);
  expect(early.err).toMatch(/evaluation-primary is kept: there is nothing to accept/);
  expect(early.code).toBe(2);
  await run("check", "more.yaml", "--model", project.flat);
  expect((await run("waive", "evaluation-primary", "more.yaml", ...signed)).code).toBe(0);
});

test("two checks at once on one store lose nothing", async () => {
  const store = project.path("shared-store");
  const specs = ["a", "b", "c"].map((name) =>
    project.write(
      `${name}.yaml`,
      readFileSync(project.spec, "utf8").replace("name: toy", `name: toy-${name}`),
    ),
  );
  const codes = await Promise.all(
    specs.map((spec) => run("check", spec, "--model", project.good, "--store", store)),
  );
  expect(codes.map((c) => c.err)).toEqual(["", "", ""]);
  for (const spec of specs) {
    const { out } = await run("status", spec, "--model", project.good, "--store", store, "--format", "json");
    expect(claims(out).get("evaluation-primary")).toMatchObject({ outcome: "kept", stale: false });
  }
});

test("a check that is killed leaves a store that opens and has every run that ended before", async () => {
  const store = project.path("killed-store");
  const args = ["check", "--model", project.good, "--store", store, "--fresh"];
  expect((await run(...args)).code).toBe(0);
  for (const after of [150, 400, 700]) {
    const child = start(args, project.folder);
    setTimeout(() => child.kill("SIGKILL"), after);
    await once(child, "exit");
    const { out } = await run("status", "--model", project.good, "--store", store, "--format", "json");
    expect(claims(out).get("evaluation-primary")).toMatchObject({ outcome: "kept", stale: false });
  }
  expect(statSync(`${store}/store.db`).size).toBeGreaterThan(0);
});

test("Ctrl-C during a check stores nothing and ends with 130", async () => {
  const child = start(
    ["check", "--model", project.good, "--store", project.path("cancelled-store")],
    project.folder,
  );
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  // Not after a fixed time: on a busy machine Node itself may not have started yet.
  while (!existsSync(project.path("cancelled-store/store.db")) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(130);
  expect(err).toContain("Cancelled; nothing was stored.");
});

test("a model with its weights in a file of its own is checked, released with them, and held to them", async () => {
  const store = project.path("weights-store");
  const args = ["--model", project.path("split/model.onnx"), "--store", store];
  project.split();
  const checked = await run("check", ...args, "--format", "json");
  expect(claims(checked.out).get("evaluation-primary")).toMatchObject({ outcome: "kept" });
  expect((await run("release", "add", ...args)).out).toContain("Added r1");
  project.split(0.5);
  const other = await run("status", ...args, "--format", "json");
  expect(claims(other.out).get("evaluation-primary")).toMatchObject({ outcome: "undecided", stale: true });
  expect((await run("release", "promote", "r1", "--store", store)).out).toContain("r1 is live");
  const [kept = ""] = readdirSync(`${store}/models`);
  project.split(0.5, `${store}/models/${kept}`);
  const changed = await run("release", "promote", "r1", "--store", store);
  expect(changed.err).toContain("is not the one that was released");
  expect(changed.code).toBe(3);
  rmSync(`${store}/models`, { recursive: true });
  const gone = await run("release", "promote", "r1", "--store", store);
  expect(gone.err).toMatch(/stored model of r1 is gone[\s\S]*backup/);
  expect(gone.code).toBe(3);
});
