import { MusterError } from "../../source/muster-error.ts";

/** What the fields of a message hold, for those through which a tensor can be reached; others are skipped. */
type Fields = ReadonlyMap<number, () => Message>;
interface Message {
  /** `initializer` and `constant` are tensors; the runtime takes other files from memory only for the former. */
  readonly kind: "message" | "initializer" | "constant" | "entry" | "value";
  readonly fields: Fields;
}

// Field numbers from onnx.proto3 of the ONNX specification.
const DATA_LOCATION = 14;
const GRAPH = 7;
const value: Message = { kind: "value", fields: new Map() };
const entry: Message = { kind: "entry", fields: fields([1, () => value], [2, () => value]) };
const tensorFields: Fields = fields([13, () => entry], [DATA_LOCATION, () => value]);
const initializer: Message = { kind: "initializer", fields: tensorFields };
const constant: Message = { kind: "constant", fields: tensorFields };
const sparse: Message = message([1, () => constant], [2, () => constant]);
const mainGraph: Message = message([1, () => node], [5, () => initializer], [15, () => sparse]);
const graph: Message = message([1, () => node], [5, () => constant], [15, () => sparse]);
const attribute: Message = message(
  [5, () => constant],
  [6, () => graph],
  [10, () => constant],
  [11, () => graph],
  [22, () => sparse],
  [23, () => sparse],
);
const node: Message = message([5, () => attribute]);
const training: Message = message([1, () => graph], [2, () => graph]);
const localFunction: Message = message([7, () => node], [11, () => attribute]);
const model: Message = message([GRAPH, () => mainGraph], [20, () => training], [25, () => localFunction]);

/** Subgraphs nest by If and Loop bodies; the runtime's own parser stops at 100 levels of messages. */
const DEEPEST = 100;

interface Field {
  readonly number: number;
  readonly varint: number;
  /** The bounds of a length-delimited field; 0 and 0 for others. */
  readonly start: number;
  readonly end: number;
}

/**
 * The files that an ONNX model asks for beside its own (`external_data` locations), each once, wherever in the model
 * the tensor stands. They are read off the protobuf wire without the runtime, so that a model is known not to point
 * outside its folder before anything loads it. Throws `model/unreadable` for bytes that are no ONNX model, and for
 * tensors in other files that are no initializers of the main graph.
 */
export function externalLocations(bytes: Uint8Array): readonly string[] {
  const locations = new Set<string>();
  let hasGraph = false;
  for (const field of fieldsOf(bytes, 0, bytes.length, model.fields)) hasGraph ||= field.number === GRAPH;
  if (!hasGraph) throw notOnnx("it has no graph");
  collect(bytes, 0, bytes.length, model, locations, 0);
  return [...locations];
}

function collect(
  bytes: Uint8Array,
  start: number,
  end: number,
  what: Message,
  locations: Set<string>,
  depth: number,
): void {
  if (depth > DEEPEST) throw notOnnx(`it is nested deeper than ${DEEPEST} levels`);
  // Whatever another parser could read as "in another file", and every location it could take, counts: later fields
  // override earlier ones there, and numbers are cut to 32 bits.
  let external = false;
  const named: string[] = [];
  for (const field of fieldsOf(bytes, start, end, what.fields)) {
    const inner = what.fields.get(field.number)?.();
    if (inner === undefined) continue;
    if (inner.kind === "value") external ||= field.varint !== 0;
    else if (inner.kind === "entry") named.push(...locationsIn(bytes, field.start, field.end));
    else collect(bytes, field.start, field.end, inner, locations, depth + 1);
  }
  if (!external) return;
  if (what.kind === "constant") {
    throw new MusterError(
      "model/unreadable",
      "The model keeps a constant, or weights of a branch or loop, in another file, where the runtime cannot be kept to the bytes that were checked.",
      { hint: "Save it as one file: onnx.save_model(model, path, save_as_external_data=False)." },
    );
  }
  for (const location of named.length === 0 ? [""] : named) locations.add(location);
}

function locationsIn(bytes: Uint8Array, start: number, end: number): readonly string[] {
  let key = "";
  let location = "";
  for (const field of fieldsOf(bytes, start, end, entry.fields)) {
    if (field.number === 1) key = text(bytes, field);
    if (field.number === 2) location = text(bytes, field);
  }
  return key === "location" ? [location] : [];
}

function text(bytes: Uint8Array, field: Field): string {
  try {
    return exactText.decode(bytes.subarray(field.start, field.end));
  } catch {
    throw notOnnx("it holds broken text");
  }
}

/** Files are opened by this text, so nothing in it may be left out or replaced. */
const exactText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The fields among `wanted`; a forest has millions of others, which are passed over without a trace. */
function* fieldsOf(bytes: Uint8Array, start: number, end: number, wanted: Fields): Generator<Field> {
  let at = start;
  const varint = (): number => {
    let value = 0;
    for (let power = 0; power < 10; power++) {
      const byte = at < end ? bytes[at++] : undefined;
      if (byte === undefined) throw notOnnx("it ends too early");
      value += (byte & 0x7f) * 128 ** power;
      if (byte < 0x80) return value;
    }
    throw notOnnx("it holds a broken number");
  };
  while (at < end) {
    const tag = varint();
    const number = Math.floor(tag / 8) % 2 ** 29;
    const wire = tag % 8;
    if (number === 0) throw notOnnx("it holds a broken field");
    if (wire === 0) {
      const number64 = varint();
      if (wanted.has(number)) yield { number, varint: number64, start: 0, end: 0 };
    } else if (wire === 2) {
      const length = varint();
      if (length > end - at) throw notOnnx("it ends too early");
      if (wanted.has(number)) yield { number, varint: 0, start: at, end: at + length };
      at += length;
    } else if (wire === 1 || wire === 5) {
      at += wire === 1 ? 8 : 4;
      if (at > end) throw notOnnx("it ends too early");
    } else throw notOnnx("it holds a broken field");
  }
}

function message(...known: readonly (readonly [number, () => Message])[]): Message {
  return { kind: "message", fields: fields(...known) };
}

function fields(...known: readonly (readonly [number, () => Message])[]): Fields {
  return new Map(known);
}

function notOnnx(why: string): MusterError {
  return new MusterError(
    "model/unreadable",
    `The file is not an ONNX model, or only a part of one: ${why}.`,
    {
      hint: "Export the model again (.onnx), and compare the file's size with the original.",
    },
  );
}
