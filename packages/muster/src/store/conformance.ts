import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxEvidencePerClaim, maxListed } from "./bounds.ts";
import { everything, itRefusesWhatItCannotKeep, refused } from "./fixtures/refusals.ts";
import { itKeepsReleases } from "./fixtures/release-conformance.ts";
import { anAudit, aPointer, aRelease, aRun, aWaiver, someEvidence } from "./fixtures/samples.ts";
import type { Store } from "./store.ts";

/** A store that is empty at first. `reopen` closes it and opens what it left behind. */
export interface OpenedStore {
  readonly store: Store;
  reopen(): Promise<Store>;
  cleanup(): Promise<void>;
}

/** What every adapter promises. A new one runs this suite over itself and is done when it is green. */
export function storeConformance(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name} as a store`, () => {
    let opened: OpenedStore;
    let store: Store;
    const spec = "flight-delay";

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => {
      await store.close();
      await opened.cleanup();
    });

    it("is empty at first", async () => {
      expect(await everything(store)).toEqual({
        runs: [],
        evidence: [],
        releases: [],
        live: null,
        shadow: null,
        waivers: [],
        audit: [],
      });
      expect(await store.release(spec, "r1")).toBeNull();
    });

    it("gives back what was stored, field by field, also after it was opened again", async () => {
      const run = { ...aRun("run-1"), modelDigest: null };
      const evidence = [
        someEvidence("data-rows", { modelDigest: null, measurements: [], query: "" }),
        someEvidence("schema", { dataDigest: null, query: "line 1\n\t'quotes' \"double\" -- ; ünï 🛫" }),
      ];
      await store.addRun(run, evidence, anAudit("check"));
      const release = await store.addRelease(aRelease(), anAudit("release add"));
      await store.movePointer(aPointer("live", "r1"), null, anAudit("release promote"));
      await store.addWaiver(spec, aWaiver("w-1"), anAudit("waive"));

      expect(release).toEqual({ ...aRelease(), id: "r1" });
      const before = await everything(store);
      expect(before).toEqual({
        runs: [run],
        evidence: expect.arrayContaining(evidence),
        releases: [release],
        live: aPointer("live", "r1"),
        shadow: null,
        waivers: [aWaiver("w-1")],
        audit: [anAudit("waive"), anAudit("release promote"), anAudit("release add"), anAudit("check")],
      });
      store = await opened.reopen();
      expect(await everything(store)).toEqual(before);
      expect(await store.release(spec, "r1")).toEqual(release);
    });

    it("keeps every number of a measurement, also those that JSON cannot say", async () => {
      const measurements = [
        {
          label: "nan",
          value: Number.NaN,
          rows: 3,
          facts: { a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY },
        },
        {
          label: "zero",
          value: -0,
          rows: 0,
          facts: { least: 5e-324, most: Number.MAX_VALUE, odd: 0.1 + 0.2, n: -0 },
        },
        { label: "none", value: null, undefinedBecause: "no positives", rows: 2 ** 53 - 1, facts: {} },
        { label: "text", value: 1, rows: 1, facts: { NaN: 1, "2": 2, "1": 1 }, text: "NaN" },
      ];
      await store.addRun(aRun("run-1"), [someEvidence("c", { measurements })], anAudit("check"));
      const [found] = await store.evidence(spec);
      expect(found?.measurements).toStrictEqual(measurements);
    });

    it("keeps names of facts and groups that mean something to JavaScript", async () => {
      const facts = JSON.parse('{"__proto__":1,"constructor":2,"toString":3}');
      const measurements = [{ label: "__proto__", value: 1, rows: 1, facts }];
      await store.addRun(
        aRun("run-1", "__proto__"),
        [someEvidence("constructor", { measurements })],
        anAudit("check", "__proto__"),
      );
      const [found] = await store.evidence("__proto__");
      expect(found?.claimId).toBe("constructor");
      expect(Object.entries(found?.measurements[0]?.facts ?? {})).toEqual(Object.entries(facts));
    });

    it("lists runs and audit newest first and no more than asked for, whatever their clocks say", async () => {
      for (let n = 1; n <= 101; n += 1) {
        const day = String(28 - (n % 28)).padStart(2, "0");
        const run = { ...aRun(`run-${n}`), finishedAt: `2026-02-${day}T00:00:00Z` };
        await store.addRun(run, [], anAudit(`check ${n}`));
      }
      await store.addRun(aRun("other", "other"), [], anAudit("check", "other"));
      const ids = (await store.runs(spec, maxListed)).map((run) => run.id);
      expect(ids).toEqual(Array.from({ length: 101 }, (_, at) => `run-${101 - at}`));
      expect((await store.runs(spec, 100)).map((run) => run.id)).toEqual(ids.slice(0, 100));
      expect((await store.runs(spec, 1)).map((run) => run.id)).toEqual(["run-101"]);
      expect(await store.runs(spec, 0)).toEqual([]);
      expect((await store.audit(spec, 2)).map((entry) => entry.what)).toEqual(["check 101", "check 100"]);
      expect(await store.audit("other", 5)).toEqual([anAudit("check", "other")]);
    });

    it("answers with the newest evidence of each claim, subject, data and model", async () => {
      const first = [
        someEvidence("a", { query: "first" }),
        someEvidence("b", { query: "first", modelDigest: null, dataDigest: null }),
      ];
      const second = [
        someEvidence("a", { query: "second" }),
        someEvidence("a", { query: "other model", modelDigest: "sha256:other" }),
        someEvidence("a", { query: "other data", dataDigest: "sha256:other" }),
        someEvidence("a", { query: "other subject", subjectDigest: "sha256:other" }),
        someEvidence("a", { query: "no model", modelDigest: null }),
        someEvidence("b", { query: "second", modelDigest: null, dataDigest: null }),
      ];
      await store.addRun(aRun("run-1"), first, anAudit("check"));
      await store.addRun(aRun("run-2"), second, anAudit("check"));
      await store.addRun(aRun("run-3", "other"), [someEvidence("a")], anAudit("check", "other"));
      expect(await store.evidence(spec)).toEqual(second.toReversed());
      expect(await store.evidence("other")).toEqual([someEvidence("a")]);
    });

    it("tells which models were measured on which data, each in the place of its first time", async () => {
      const measured = (modelDigest: string | null, dataDigest: string | null = "sha256:d", more = {}) =>
        someEvidence("primary", { check: "evaluation/metric", modelDigest, dataDigest, ...more });
      await store.addRun(aRun("run-1"), [measured("a"), measured("b", "sha256:e")], anAudit("check"));
      await store.addRun(
        aRun("run-2"),
        [measured("c"), measured(null), measured("d", null)],
        anAudit("check"),
      );
      const others = [measured("a"), measured("e", "sha256:d", { check: "data/row-count" })];
      await store.addRun(aRun("run-3"), others, anAudit("check"));
      expect(await store.attempts(spec)).toEqual(
        [
          ["sha256:d", "a"],
          ["sha256:e", "b"],
          ["sha256:d", "c"],
        ].map(([dataDigest, modelDigest]) => ({ claimId: "primary", dataDigest, modelDigest })),
      );
      expect(await store.attempts("another")).toEqual([]);
    });

    it("lets no claim crowd out the evidence of another", async () => {
      const many = Array.from({ length: maxEvidencePerClaim + 50 }, (_, at) =>
        someEvidence("often", { modelDigest: `sha256:${at}` }),
      );
      await store.addRun(aRun("run-1"), [someEvidence("once")], anAudit("check"));
      await store.addRun(aRun("run-2"), many, anAudit("check"));
      const found = await store.evidence(spec);
      expect(found.filter((each) => each.claimId === "often")).toEqual(many.slice(50).toReversed());
      expect(found.filter((each) => each.claimId === "once")).toHaveLength(1);
    });

    it("stores a large run whole", async () => {
      const many = Array.from({ length: 1_000 }, (_, at) => someEvidence(`claim-${at}`));
      await store.addRun(aRun("run-1"), many, anAudit("check"));
      expect(await store.evidence(spec)).toEqual(many.toReversed());
    });

    it("refuses a run or waiver whose id is taken, and then stores nothing of it", async () => {
      await store.addRun(aRun("run-1"), [someEvidence("a")], anAudit("check"));
      await store.addWaiver(spec, aWaiver("w-1"), anAudit("waive"));
      const before = await everything(store);
      await expect(
        store.addRun({ ...aRun("run-1"), verdict: "ship" }, [someEvidence("b")], anAudit("check again")),
      ).rejects.toEqual(refused("store/conflict", /run-1/));
      await expect(
        store.addWaiver(spec, { ...aWaiver("w-1"), reason: "another" }, anAudit("waive again")),
      ).rejects.toEqual(refused("store/conflict", /w-1/));
      expect(await everything(store)).toEqual(before);
      await store.addWaiver("other", aWaiver("w-1"), anAudit("waive", "other"));
    });

    it("lists approvals newest first and refuses an id that is taken", async () => {
      const approval = {
        id: "a-1",
        fingerprint: "0123456789ab",
        change: "evaluation.primary.at_least from 0.65 to 0.60",
        by: "pm",
        reason: "The market changed.",
        approvedAt: "2026-03-01T09:00:00.000Z",
      };
      await store.addApproval(spec, approval, anAudit("approve"));
      await store.addApproval(spec, { ...approval, id: "a-2" }, anAudit("approve"));
      await expect(store.addApproval(spec, approval, anAudit("approve"))).rejects.toEqual(
        refused("store/conflict", /a-1/),
      );
      expect((await store.approvals(spec)).map((each) => each.id)).toEqual(["a-2", "a-1"]);
      expect((await store.approvals(spec))[1]).toEqual(approval);
      expect(await store.approvals("other")).toEqual([]);
      expect((await store.audit(spec, 10)).map((each) => each.what)).toEqual(["approve", "approve"]);
    });

    it("adds an audit entry by itself, whole", async () => {
      await store.addAudit(anAudit("audit record"));
      await store.addAudit(anAudit("audit record", "other"));
      expect(await store.audit(spec, 10)).toEqual([anAudit("audit record")]);
      expect(await store.runs(spec, 10)).toEqual([]);
    });

    it("keeps each text of a spec once, newest first", async () => {
      const kept = { spec, digest: "sha256:1", text: "name: x\n", keptAt: "2026-03-01T09:00:00.000Z" };
      await store.keepSpec(kept);
      await store.keepSpec({ ...kept, digest: "sha256:2", text: "name: y\n" });
      await store.keepSpec({ ...kept, keptAt: "2026-03-02T09:00:00.000Z" });
      expect((await store.keptSpecs(spec)).map((each) => each.digest)).toEqual(["sha256:2", "sha256:1"]);
      expect((await store.keptSpecs(spec))[1]).toEqual(kept);
      expect(await store.keptSpecs("other")).toEqual([]);
    });

    it("is not changed by what happens to objects after they were stored or read", async () => {
      const facts = { n: 1 };
      await store.addRun(
        aRun("1"),
        [someEvidence("c", { measurements: [{ label: "l", value: 1, rows: 1, facts }] })],
        anAudit("check"),
      );
      facts.n = 2;
      const [found] = await store.evidence(spec);
      expect(found?.measurements[0]?.facts).toEqual({ n: 1 });
    });

    it("finishes what is under way before it closes, and refuses everything after", async () => {
      const under = store.addRun(aRun("run-1"), [someEvidence("a")], anAudit("check"));
      await store.close();
      await under;
      await expect(store.runs(spec, 1)).rejects.toEqual(refused("store/failed", /closed/));
      await expect(store.addRun(aRun("2"), [], anAudit("check"))).rejects.toEqual(
        refused("store/failed", /closed/),
      );
      await store.close();
      store = await opened.reopen();
      expect((await store.runs(spec, 5)).map((run) => run.id)).toEqual(["run-1"]);
    });

    itKeepsReleases(() => store);
    itRefusesWhatItCannotKeep(() => store);
  });
}
