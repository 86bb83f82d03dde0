import { type ChangeRule, fixed, judgement, presence, promise } from "./change-rule.ts";

const at = (path: string): RegExp => new RegExp(`^deployment\\.${path}$`);

/** Section 6. */
export const deploymentChanges: readonly ChangeRule[] = [
  ...promise(
    "latency",
    at("latency\\.(p50|p99|mean)"),
    "lower",
    { weaker: "Answers may take longer.", stronger: "Answers have to come sooner." },
    { approval: "callers" },
  ),
  {
    id: "timeout-raised",
    path: at("latency\\.timeout"),
    on: ["changed"],
    mirror: "timeout-lowered",
    classify: (c, { after }) => {
      if (Number(c.new) <= Number(c.old)) return null;
      const hurt = after.problem?.consumers?.find(
        (k) => k.budget !== undefined && k.budget.ms < Number(c.new),
      );
      return hurt === undefined
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "rejudge",
            approval: "callers",
            because: "Callers may wait longer.",
          })
        : judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "rejudge",
            approval: "callers",
            because: `${hurt.who} gives up after ${hurt.budget?.text}.`,
          });
    },
  },
  {
    id: "timeout-lowered",
    path: at("latency\\.timeout"),
    on: ["changed"],
    mirror: "timeout-raised",
    classify: () =>
      judgement({
        audience: ["caller"],
        effect: "breaking",
        evidence: "stale",
        version: "minor",
        approval: "callers",
        because: "More callers are given what the spec says for late answers.",
      }),
  },
  ...promise(
    "throughput",
    at("throughput\\.(peak|burst\\.rate|burst\\.for)"),
    "higher",
    { weaker: "Less load is borne.", stronger: "More load is borne." },
    { approval: "operations" },
  ),
  {
    id: "client-rate-lowered",
    path: at("throughput\\.per_client"),
    on: ["changed"],
    mirror: "client-rate-raised",
    classify: (c) =>
      Number(c.new) < Number(c.old)
        ? judgement({
            audience: ["caller"],
            effect: "breaking",
            evidence: "rejudge",
            approval: "callers",
            because: "A caller is refused at a rate that was answered.",
          })
        : null,
  },
  {
    id: "client-rate-raised",
    path: at("throughput\\.per_client"),
    on: ["changed"],
    mirror: "client-rate-lowered",
    classify: () =>
      judgement({
        audience: ["operator"],
        effect: "neutral",
        evidence: "rejudge",
        because: "One caller may take more of the service.",
      }),
  },
  fixed("infrastructure-changed", at("infrastructure\\..+"), "changed", {
    audience: ["operator"],
    effect: "neutral",
    evidence: "rejudge",
    version: "patch",
    approval: "operations",
    because: "It runs on something else.",
  }),
  ...promise(
    "versions-kept",
    at("versioning\\.keep"),
    "higher",
    { weaker: "There are fewer versions to return to.", stronger: "There are more versions to return to." },
    { approval: "risk" },
  ),
  ...promise(
    "rollback",
    at("rollback\\.within"),
    "lower",
    { weaker: "A bad version may stay longer.", stronger: "A bad version has to go sooner." },
    { approval: "risk" },
  ),
  ...promise(
    "shadow",
    at("shadow\\.(share|requests)"),
    "higher",
    {
      weaker: "A new version is tried on less before it answers.",
      stronger: "A new version is tried on more before it answers.",
    },
    { approval: "risk" },
  ),
  ...promise(
    "shadow-limit",
    at("shadow\\.max_.+"),
    "lower",
    { weaker: "A new version may differ more.", stronger: "A new version may differ less." },
    { approval: "risk" },
  ),
  {
    id: "canary-changed",
    path: at("canary\\.steps"),
    on: ["changed"],
    classify: (c) => {
      const [old, now] = [c.old, c.new].map((steps) =>
        Array.isArray(steps) ? Number(steps[0]) : Number.NaN,
      );
      return (now ?? 0) > (old ?? 0)
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "rejudge",
            approval: "risk",
            because: "More users meet a new version at first.",
          })
        : judgement({
            audience: ["operator"],
            effect: "neutral",
            evidence: "rejudge",
            because: "A new version goes live in other steps.",
          });
    },
  },
  ...promise("canary-hold", at("canary\\.hold"), "higher", {
    weaker: "Each step is watched for less long.",
    stronger: "Each step is watched for longer.",
  }),
  {
    id: "log-weaker",
    path: at("log\\.survives"),
    on: ["changed"],
    mirror: "log-stronger",
    classify: (c) =>
      c.new === "crash"
        ? judgement({
            audience: ["relier"],
            effect: "weakening",
            evidence: "stale",
            approval: "risk",
            because: "A power loss may take answered predictions from the journal.",
          })
        : null,
  },
  {
    id: "log-stronger",
    path: at("log\\.survives"),
    on: ["changed"],
    mirror: "log-weaker",
    classify: () =>
      judgement({
        audience: ["relier"],
        effect: "tightening",
        evidence: "stale",
        because: "The journal survives a power loss.",
      }),
  },
  ...promise(
    "log-retention",
    at("log\\.retain"),
    "higher",
    { weaker: "The journal is kept for less long.", stronger: "The journal is kept for longer." },
    { approval: "risk" },
  ),
  fixed("redaction-changed", at("log\\.redact"), "changed", {
    audience: ["relier"],
    effect: "weakening",
    evidence: "new",
    approval: "risk",
    because: "The journal holds other inputs than before.",
  }),
  ...presence(
    "deployment-promise",
    at("[a-z_]+(\\.[a-z_]+)*"),
    { gone: "It is no longer promised.", there: "It is promised now." },
    { approval: "risk" },
  ),
];
