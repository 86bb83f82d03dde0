/** What both models are given, in the order of muster.yaml; a test holds the two together. */
export interface ModelInput {
  readonly name: string;
  readonly type: "string" | "integer" | "float" | "datetime";
  /** Stands in for a missing value, in training as in serving. Absent: the input is required. */
  readonly standIn?: number;
}

/** Late rate of the training months, rounded: what a share says while no flight is known that it could count. */
export const TYPICAL_LATE_SHARE = 0.216;

export const INPUTS: readonly ModelInput[] = [
  { name: "origin", type: "string" },
  { name: "destination", type: "string" },
  { name: "departure", type: "datetime" },
  { name: "distance", type: "integer", standIn: 569 },
  { name: "origin_late_share", type: "float", standIn: TYPICAL_LATE_SHARE },
  { name: "destination_late_share", type: "float", standIn: TYPICAL_LATE_SHARE },
  { name: "network_late_share", type: "float", standIn: TYPICAL_LATE_SHARE },
];

export const OUTPUT = "late";
