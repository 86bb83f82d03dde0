// How quickly a gateway that runs answers: closed loops of 1, 32 and 64 callers, or a fixed rate.
//
//   node packages/muster/bench/served.mjs URL BODY [--callers 1,32,64] [--seconds 5] [--rate 0] [--json]
//
// URL and BODY are those that `muster serve` prints. Sockets come from 256 addresses of 127.0.0.0/8 in turn (Linux), so that
// `per_client` of the spec does not cut in: it is told from the gateway's latency by its 429, which is counted apart.
// Latency is what the caller sees, from the first byte sent to the last received, and includes this program's own queue:
// on two cores callers, gateway and model share them.
import { connect } from "node:net";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    callers: { type: "string", default: "1,32,64" },
    seconds: { type: "string", default: "5" },
    rate: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});
const [address, body] = positionals;
if (address === undefined || body === undefined) {
  console.error("usage: node served.mjs http://127.0.0.1:8080/predict BODY");
  process.exit(2);
}
const url = new URL(address);
const request = Buffer.from(
  `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);

const report = {};
for (const callers of values.callers.split(",").map(Number)) {
  await measure(callers, 0.5);
  report[callers] = await measure(callers, Number(values.seconds));
}
if (values.json) console.log(JSON.stringify(report));
else {
  console.table(report);
  console.log(`load average ${loadavg()[0].toFixed(1)}`);
}

async function measure(callers, seconds) {
  const sockets = await Promise.all(Array.from({ length: Math.max(callers, 256) }, (_, at) => open(at)));
  const idle = [...sockets];
  const latencies = [];
  const answers = {};
  const start = performance.now();
  const end = start + seconds * 1000;
  const gap = Number(values.rate) > 0 ? (1000 * callers) / Number(values.rate) : 0;
  const caller = async (index) => {
    let due = start + (index * gap) / callers;
    while (performance.now() < end) {
      if (gap > 0) {
        const wait = due - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        due += gap;
      }
      const socket = idle.shift();
      const sentAt = performance.now();
      const answer = await socket.ask();
      if (answer === "200 model") latencies.push(performance.now() - sentAt);
      answers[answer] = (answers[answer] ?? 0) + 1;
      idle.push(socket);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
  const elapsed = (performance.now() - start) / 1000;
  for (const { end } of sockets) end();
  latencies.sort((a, b) => a - b);
  const at = (share) =>
    Math.round(100 * (latencies[Math.floor(latencies.length * share)] ?? Number.NaN)) / 100;
  return {
    "answers/s": Math.round(Object.values(answers).reduce((sum, count) => sum + count, 0) / elapsed),
    "p50 ms": at(0.5),
    "p99 ms": at(0.99),
    "p99.9 ms": at(0.999),
    ...answers,
  };
}

function open(at) {
  const localAddress = process.platform === "linux" ? `127.0.1.${1 + (at % 254)}` : undefined;
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(url.port), host: url.hostname, localAddress });
    socket.setNoDelay(true);
    let received = "";
    let answered = () => {};
    socket.on("data", (chunk) => {
      received += chunk.latin1Slice();
      const head = received.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      const policy = /^muster-policy: (\S+)/im.exec(received)?.[1] ?? "";
      const answer = `${received.slice(9, 12)} ${policy}`;
      received = "";
      answered(answer);
    });
    socket.on("error", reject).on("close", () => answered("closed"));
    socket.once("connect", () =>
      resolve({
        ask: () =>
          new Promise((done) => {
            answered = done;
            socket.write(request);
          }),
        end: () => socket.destroy(),
      }),
    );
  });
}
