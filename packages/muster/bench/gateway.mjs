// What the gateway costs over a bare node:http server, measured in one run with turns taken.
//
//   npm run build && node packages/muster/bench/gateway.mjs [seconds a turn] [turns]
//
// Three servers in child processes of their own: `echo` parses the body and answers with a constant of the same
// size, `gateway` is the whole of it (checks, guard, journal before the reply) over a model that costs nothing, and
// `gateway-oip` the same over the Open Inference Protocol. CPU is the server's own, from process.cpuUsage().
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const row = { origin: "ORD", destination: "LAX", departure: "2001-01-01T06:00:00Z", distance: 620 };
const oip = {
  inputs: [
    { name: "origin", datatype: "BYTES", shape: [1], data: ["ORD"] },
    { name: "destination", datatype: "BYTES", shape: [1], data: ["LAX"] },
    { name: "departure", datatype: "INT64", shape: [1], data: [978328800000] },
    { name: "distance", datatype: "INT64", shape: [1], data: [620] },
  ],
};
const targets = {
  echo: ["/predict", row],
  gateway: ["/predict", row],
  "gateway-oip": ["/v2/models/flight-delay/infer", oip],
};

if (process.send === undefined) await main();
else await serve(process.argv[2]);

async function main() {
  const seconds = Number(process.argv[2] ?? 2);
  const turns = Number(process.argv[3] ?? 5);
  const servers = {};
  for (const kind of Object.keys(targets)) servers[kind] = await launch(kind);
  const report = {};
  for (const connections of [1, 32, 256]) {
    const results = Object.fromEntries(Object.keys(targets).map((kind) => [kind, []]));
    for (const kind of Object.keys(targets)) await load(servers[kind].port, kind, connections, 0.5);
    for (let turn = 0; turn < turns; turn++) {
      for (const kind of Object.keys(targets)) {
        const before = await servers[kind].cpu();
        const { requests, latencies, elapsed } = await load(servers[kind].port, kind, connections, seconds);
        const after = await servers[kind].cpu();
        latencies.sort((a, b) => a - b);
        results[kind].push({
          perSecond: requests / elapsed,
          cpu: (after - before) / requests,
          p50: latencies[Math.floor(latencies.length * 0.5)],
          p99: latencies[Math.floor(latencies.length * 0.99)],
        });
      }
    }
    report[connections] = Object.fromEntries(
      Object.entries(results).map(([kind, all]) => [
        kind,
        {
          "req/s": Math.round(median(all.map((one) => one.perSecond))),
          "CPU us/req": round(median(all.map((one) => one.cpu))),
          "p50 ms": round(median(all.map((one) => one.p50))),
          "p99 ms": round(median(all.map((one) => one.p99))),
          "CPU / echo": round(median(all.map((one, turn) => one.cpu / results.echo[turn].cpu))),
          "req/s / echo": round(median(all.map((one, turn) => one.perSecond / results.echo[turn].perSecond))),
        },
      ]),
    );
    console.log(`\n${connections} connections, median of ${turns} turns of ${seconds} s`);
    console.table(report[connections]);
  }
  for (const { child } of Object.values(servers)) child.send("stop");
}

function launch(kind) {
  const child = fork(self, [kind]);
  return new Promise((resolve) => {
    child.once("message", ({ port }) => {
      const cpu = () =>
        new Promise((done) => {
          child.once("message", ({ cpu }) => done(cpu));
          child.send("cpu");
        });
      resolve({ child, port, cpu });
    });
  });
}

async function serve(kind) {
  let stop;
  let port;
  if (kind === "echo") {
    const text = JSON.stringify({ answer: "x".repeat(330) });
    const server = createServer((request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        JSON.parse(Buffer.concat(chunks).toString());
        response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
        response.end(text);
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = server.address().port;
    stop = async () => server.closeAllConnections();
  } else {
    const { startGateway } = await import("../dist/gateway/gateway.js");
    const journalDir = mkdtempSync(join(tmpdir(), "muster-bench-"));
    const gateway = await startGateway({ ...flights(), host: "127.0.0.1", port: 0, journalDir });
    port = gateway.port;
    stop = async () => {
      await gateway.stop();
      rmSync(journalDir, { recursive: true, force: true });
    };
  }
  process.on("message", async (message) => {
    if (message === "cpu") {
      const { user, system } = process.cpuUsage();
      process.send({ cpu: user + system });
    } else {
      await stop();
      process.exit(0);
    }
  });
  process.send({ port });
}

/** Keep-alive connections that each send the next request when the last is answered. */
function load(port, kind, connections, seconds) {
  const [path, body] = targets[kind];
  const text = JSON.stringify(body);
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  );
  const latencies = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let open = connections;
  return new Promise((resolve, reject) => {
    for (let index = 0; index < connections; index++) {
      const socket = connect(port, "127.0.0.1");
      socket.setNoDelay(true);
      let sentAt = 0;
      let received = "";
      const send = () => {
        sentAt = performance.now();
        socket.write(request);
      };
      socket.on("connect", send);
      socket.on("data", (chunk) => {
        received += chunk.latin1Slice();
        const head = received.indexOf("\r\n\r\n");
        if (head === -1) return;
        const length = Number(/content-length: (\d+)/i.exec(received)[1]);
        if (received.length < head + 4 + length) return;
        if (!received.startsWith("HTTP/1.1 200")) reject(new Error(received));
        received = "";
        latencies.push(performance.now() - sentAt);
        if (performance.now() < end) send();
        else {
          socket.destroy();
          open -= 1;
          if (open === 0) {
            resolve({ requests: latencies.length, latencies, elapsed: (performance.now() - start) / 1000 });
          }
        }
      });
      socket.on("error", reject);
    }
  });
}

function flights() {
  const inputs = [
    { name: "origin", type: "string", required: true, values: "profile" },
    { name: "destination", type: "string", required: true, values: "profile" },
    { name: "departure", type: "datetime", required: true },
    { name: "distance", type: "integer", required: false, range: [10, 6000], missing: { default: 568 } },
  ];
  const datatypes = { string: "BYTES", datetime: "INT64", integer: "INT64" };
  const airports = Array.from({ length: 300 }, (_, index) => `X${index}`).concat("ORD", "LAX");
  const seen = { type: "string", missing: 0, values: airports };
  const model = {
    digest: "sha256:model",
    bytes: 1,
    signature: {
      platform: "onnx_onnxv1",
      inputs: inputs.map(({ name, type }) => ({ name, datatype: datatypes[type], shape: [-1, 1] })),
      outputs: [{ name: "late", datatype: "FP32", shape: [-1, 1] }],
    },
    run: async (tensors) => {
      const rows = tensors[0].data.length;
      return [{ name: "late", datatype: "FP32", shape: [rows, 1], data: new Float32Array(rows).fill(0.25) }];
    },
    close: async () => {},
  };
  return {
    spec: {
      muster: 1,
      name: "flight-delay",
      version: "1.0.0",
      status: "active",
      owners: {},
      contract: {
        inputs,
        outputs: [
          {
            name: "late",
            type: "probability",
            range: [0, 1],
            decide: { at: 0.3, positive: "late", negative: "on_time" },
          },
        ],
        edge_cases: {
          missing_required: "reject",
          out_of_distribution: "review",
          latency_exceeded: "fallback",
        },
        fallback: { constant: { late: 0.205 } },
      },
      deployment: { latency: { timeout: { kind: "duration", ms: 1000, text: "1s" } } },
    },
    release: { id: "r1", modelDigest: "sha256:model", specDigest: "sha256:spec", specVersion: "1.0.0" },
    claims: { contract: `sha256:${"0".repeat(64)}` },
    model,
    profile: { version: 1, rows: 1000, inputs: { origin: seen, destination: seen } },
  };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(value) {
  return Math.round(value * 100) / 100;
}
