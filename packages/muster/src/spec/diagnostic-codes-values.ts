// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is part of the spec language
import type { CodeEntry } from "./code-entry.ts";

/** Trouble with the keys and values of a spec. */
export const valueCodes: readonly CodeEntry[] = [
  {
    code: "MU-A103",
    slug: "unit-missing-or-mixed",
    title: "A unit is missing or is not the right one",
    explanation:
      "Durations, rates, sizes and shares carry their unit: 25 may be milliseconds or seconds, 92 may be a percentage or a slip for 0.92, and each reading turns a promise into another one. Where only one unit can have been meant, the message names it.",
    example: { wrong: "latency: {p99: 25}", right: "latency: {p99: 25ms}" },
  },
  {
    code: "MU-A104",
    slug: "unresolved-reference",
    title: "A name is not defined",
    explanation:
      "The line refers to something that the spec does not define: most often a slip, or a rename left half done.",
    example: { wrong: "fallback: {constant: {lat: 0.2}}", right: "fallback: {constant: {late: 0.2}}" },
  },
  {
    code: "MU-A107",
    slug: "claim-id-unstable",
    title: "The spec's name is not a plain label",
    explanation:
      "The name becomes part of addresses, of claim ids and of exports for Kubernetes and Prometheus. All of them allow an RFC 1123 label: lower-case letters, digits and - (not at the ends), at most 63.",
    example: { wrong: "name: Flight Delay", right: "name: flight-delay" },
  },
  {
    code: "MU-A109",
    slug: "unknown-key",
    title: "A key is not part of the spec language",
    explanation:
      "An unknown key would be a promise that nobody reads, so it is an error and never skipped. Most are misspelt; the message names the nearest known key, and the hint all of them.",
    example: { wrong: "deployment: {latencey: {p99: 25ms}}", right: "deployment: {latency: {p99: 25ms}}" },
  },
  {
    code: "MU-A216",
    slug: "wrong-type",
    title: "A value is of the wrong kind",
    explanation:
      "A list stands where a map is due, a number where a text is due, and so on. YAML reads 1.0 as a number: put a text that looks like a number in quotes.",
    example: { wrong: "version: 1.0", right: 'version: "1.0"' },
  },
  {
    code: "MU-A217",
    slug: "value-not-allowed",
    title: "A value is not one of those allowed",
    explanation: "The key takes one of a few words. The message names the nearest, the hint all of them.",
    example: { wrong: "status: activ", right: "status: active" },
  },
  {
    code: "MU-A218",
    slug: "missing-key",
    title: "A required key is missing",
    explanation: "Without this key the map it belongs to says nothing that could be obeyed or measured.",
    example: { wrong: "rollback: {}", right: "rollback: {within: 1m}" },
  },
  {
    code: "MU-A220",
    slug: "missing-section",
    title: "A section of the spec is missing",
    explanation:
      "An active spec has all seven sections: problem, contract, data, evaluation, risks, deployment and monitoring. What is not specified is what fails in production. For a draft or a retired spec this is a warning.",
    example: null,
  },
  {
    code: "MU-A221",
    slug: "not-finite",
    title: "A number is not finite",
    explanation: "Infinity and not-a-number (.inf, .nan) can be neither reached nor compared with.",
    example: { wrong: "range: [0, .inf]", right: "range: [0, 1_000_000]" },
  },
  {
    code: "MU-A222",
    slug: "bad-name",
    title: "A name or path has characters that it cannot have",
    explanation:
      "Names of inputs, outputs, columns, metrics, roles, groups and risks become parts of paths and labels: letters, digits, _ . and -, at most 128 of them.",
    example: { wrong: "{name: arrival delay}", right: "{name: arrival_delay}" },
  },
  {
    code: "MU-A223",
    slug: "duplicate-name",
    title: "A name or value stands twice in a list",
    explanation:
      "Two inputs, outputs, risks, subgroups, sources or values with one name cannot be told apart. The message points at both.",
    example: { wrong: "values: [ORD, DFW, ORD]", right: "values: [ORD, DFW]" },
  },
  {
    code: "MU-A224",
    slug: "out-of-bounds",
    title: "A number lies outside of its bounds",
    explanation:
      "The number is too small or too large for what it says: a share over 100%, a threshold outside of the output's range, half an example.",
    example: { wrong: "class_balance: {max_share: 120%}", right: "class_balance: {max_share: 85%}" },
  },
  {
    code: "MU-A225",
    slug: "wrong-order",
    title: "Numbers or days are in the wrong order",
    explanation:
      "The low end of a range lies below its high end, first days before last ones, and edges, steps and hours rise without overlapping.",
    example: { wrong: "range: [6000, 10]", right: "range: [10, 6000]" },
  },
  {
    code: "MU-A226",
    slug: "one-of",
    title: "One of several keys has to be chosen",
    explanation:
      "Of these keys exactly one (or at least one) has to be there: with none nothing is said, with two the line contradicts itself.",
    example: { wrong: "primary: {metric: roc_auc}", right: "primary: {metric: roc_auc, at_least: 0.65}" },
  },
  {
    code: "MU-A227",
    slug: "wrong-length",
    title: "A list or text is too long or too short",
    explanation:
      "Lists and texts have bounds, so that no spec can slow down what reads it: 2,000 inputs, 500 outputs, 10,000 values of a subgroup, 1,000 risks.",
    example: { wrong: "bins: [0]", right: "bins: [0, 500, 1000]" },
  },
  {
    code: "MU-A228",
    slug: "does-not-fit-type",
    title: "A value does not fit the type beside it",
    explanation: "A value, range or threshold says one thing and the type of the input or output another.",
    example: {
      wrong: "{name: late, type: probability, range: [0, 100]}",
      right: "{name: late, type: probability, range: [0, 1]}",
    },
  },
  {
    code: "MU-A229",
    slug: "bad-day",
    title: "A day does not exist or is written differently",
    explanation: "Days are written as year-month-day and have to stand in the calendar.",
    example: {
      wrong: "dates: {from: 2001-02-30, to: 2001-03-31}",
      right: "dates: {from: 2001-02-28, to: 2001-03-31}",
    },
  },
  {
    code: "MU-A230",
    slug: "bad-schedule",
    title: "A schedule cannot be read",
    explanation:
      "A schedule is a cron line of five fields in UTC: minute, hour, day of month, month, day of week.",
    example: { wrong: "schedule: monthly", right: 'schedule: "0 3 1 * *"' },
  },
  {
    code: "MU-A231",
    slug: "bad-address",
    title: "An address cannot be posted to",
    explanation: "A webhook is an http:// or https:// address, or takes it from the environment as ${NAME}.",
    example: { wrong: "[{webhook: ml-channel}]", right: '[{webhook: "${ML_WEBHOOK}"}]' },
  },
  {
    code: "MU-A233",
    slug: "empty-value",
    title: "A key has no value",
    explanation: "Nothing stands behind the key, or only spaces. Write the value, or delete the key.",
    example: { wrong: "rollback: {within: }", right: "rollback: {within: 1m}" },
  },
  {
    code: "MU-A236",
    slug: "unknown-metric-parameter",
    title: "A metric has no such parameter",
    explanation:
      "Each metric takes parameters of its own, the same in a spec and on the command line. One that it does not know would be ignored, and the number be another one than was meant; the hint lists those that it takes.",
    example: {
      wrong: "primary: {metric: mean_pinball_loss, at_most: 3, params: {quantile: 0.9}}",
      right: "primary: {metric: mean_pinball_loss, at_most: 3, params: {alpha: 0.9}}",
    },
  },
  {
    code: "MU-A237",
    slug: "wrong-metric-parameter",
    title: "A metric's parameter cannot have this value",
    explanation:
      "The value is of another kind than the parameter, outside of its range or none of its words. The hint says what may be written.",
    example: {
      wrong: "primary: {metric: mean_pinball_loss, at_most: 3, params: {alpha: 90}}",
      right: "primary: {metric: mean_pinball_loss, at_most: 3, params: {alpha: 0.9}}",
    },
  },
  {
    code: "MU-A238",
    slug: "unread-metric-column",
    title: "A metric reads no such column",
    explanation:
      "Each metric reads columns of its own; which they are stands in docs/spec-language.md. One that it does not look at would be ignored, and the number be another one than was meant: a weight, say, that weighs nothing.",
    example: {
      wrong: "primary: {metric: max_error, at_most: 3, columns: {weight: seats}}",
      right: "primary: {metric: mean_absolute_error, at_most: 3, columns: {weight: seats}}",
    },
  },
  {
    code: "MU-A239",
    slug: "unmatched-classes",
    title: "What rows have and what is said of them are of different classes",
    explanation:
      "Under labels and predictions (or scores) stand the same classes, or outputs: each truth is compared with what the model says of it.",
    example: {
      wrong: "columns: {labels: {sport: is_sport, music: is_music}, predictions: {sport: says_sport}}",
      right:
        "columns: {labels: {sport: is_sport, music: is_music}, predictions: {sport: says_sport, music: says_music}}",
    },
  },
  {
    code: "MU-I102",
    slug: "default-outside-domain",
    title: "A default is not a value that its input allows",
    explanation:
      "What stands in for a missing value goes to the model like any other value, so it has to be of the input's type and within its range or values.",
    example: {
      wrong: "{name: distance, type: integer, required: false, range: [10, 6000], missing: {default: 0}}",
      right: "{name: distance, type: integer, required: false, range: [10, 6000], missing: {default: 568}}",
    },
  },
];
