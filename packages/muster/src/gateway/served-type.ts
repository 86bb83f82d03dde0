import type { Datatype } from "../model/model.ts";
import type { InputType } from "../spec/contract-section.ts";

/** The input types that a tensor can carry. */
export type ServedType = Exclude<InputType, "image" | "json">;

/** What each is on the wire, in the Open Inference Protocol's names. Datetimes are milliseconds since 1970, UTC. */
export const wireDatatypes: Readonly<Record<ServedType, Datatype>> = {
  string: "BYTES",
  text: "BYTES",
  integer: "INT64",
  datetime: "INT64",
  float: "FP32",
  boolean: "BOOL",
};

/** Model datatypes that hold every value of the wire's (FP32 rounds whole numbers beyond 2^24, as the model would). */
export const carriers: Readonly<Record<ServedType, readonly Datatype[]>> = {
  string: ["BYTES"],
  text: ["BYTES"],
  integer: ["INT64", "INT32", "FP32", "FP64"],
  datetime: ["INT64", "FP64"],
  float: ["FP32", "FP64"],
  boolean: ["BOOL", "INT64", "INT32", "FP32", "FP64"],
};

export const nouns: Readonly<Record<ServedType, string>> = {
  string: "a string",
  text: "a text",
  integer: "a whole number",
  datetime: "an ISO 8601 time or milliseconds since 1970 (UTC)",
  float: "a finite number",
  boolean: "true or false",
};
