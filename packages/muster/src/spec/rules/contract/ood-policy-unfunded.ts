import type { Rule, RuleFinding } from "../rule.ts";

/** A review that nobody staffs is a queue without an end. What the queue costs at peak load is the deployment rules' part. */
export const oodPolicyUnfunded: Rule = {
  code: "MU-I114",
  slug: "ood-policy-unfunded",
  title: "Requests are flagged for a review that nobody is named for",
  severity: "error",
  preset: "strict",
  section: "contract",
  needs: "spec",
  fix: "none",
  why: "Every flagged request waits for a person. Without a number of reviews a day, a time and an owner the queue grows without bound, and the review exists on paper only.",
  example: {
    base: "classification",
    fails: [
      [
        "  fallback: {constant: {late: 0.205}}",
        "  review: {capacity: 200/d}\n  fallback: {constant: {late: 0.205}}",
      ],
    ],
    passes: [
      [
        "  fallback: {constant: {late: 0.205}}",
        "  review: {capacity: 200/d, within: 1d, owner: platform}\n  fallback: {constant: {late: 0.205}}",
      ],
    ],
  },

  check({ spec: { contract } }) {
    if (contract?.edge_cases?.out_of_distribution !== "review") return [];
    const { review } = contract;
    const policy = ["contract", "edge_cases", "out_of_distribution"];
    const missing = [
      ...(review?.capacity === undefined ? ["capacity (how many a day)"] : []),
      ...(review?.within === undefined ? ["within (how soon)"] : []),
      ...(review?.owner === undefined ? ["owner (which role)"] : []),
    ];
    if (missing.length === 0) return [];
    const finding: RuleFinding = {
      at: review === undefined ? policy : ["contract", "review"],
      ...(review === undefined ? {} : { mark: "key" }),
      message: `Requests unlike the training data are flagged for review, and nothing states its ${missing.join(", ")}.`,
      hint: "Add contract.review: {capacity: 200/d, within: 1d, owner: ..}.",
      ...(review === undefined ? {} : { related: [{ at: policy, message: "flagged for review here" }] }),
    };
    return [finding];
  },
};
