import proto, { type onnx } from "onnx-proto";

const { DataType } = proto.onnx.TensorProto;
const { AttributeType } = proto.onnx.AttributeProto;

export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly string: string }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] }
  | { readonly strings: readonly string[] };

export type TensorType = "string" | "int64" | "float" | "double";

const TYPES: Readonly<Record<TensorType, number>> = {
  string: DataType.STRING,
  int64: DataType.INT64,
  float: DataType.FLOAT,
  double: DataType.DOUBLE,
};

/** The data type that a Cast is `to`. */
export function castTo(type: TensorType): Attribute {
  return { int: TYPES[type] };
}

const utf8 = new TextEncoder();

/** Writes an ONNX graph node by node; every value is a column [N, 1] unless said otherwise. Equal calls give equal bytes. */
export class Graph {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #constants: onnx.ITensorProto[] = [];
  readonly #inputs: onnx.IValueInfoProto[] = [];

  input(name: string, type: TensorType): string {
    this.#inputs.push(column(name, type));
    return name;
  }

  int64(name: string, value: number): string {
    const rawData = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
    this.#constants.push({ name, dataType: DataType.INT64, dims: [1], rawData });
    return name;
  }

  double(name: string, value: number): string {
    const rawData = new Uint8Array(Float64Array.of(value).buffer);
    this.#constants.push({ name, dataType: DataType.DOUBLE, dims: [1], rawData });
    return name;
  }

  /** Adds a node and returns the name of its one output. An `ml.` in front of the operator names the domain ai.onnx.ml. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const ofMl = operator.startsWith("ml.");
    this.#nodes.push({
      opType: ofMl ? operator.slice("ml.".length) : operator,
      domain: ofMl ? "ai.onnx.ml" : "",
      name: output,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return output;
  }

  /** The model file's bytes, with one output, a float column. */
  bytes(name: string, output: string): Uint8Array {
    const model = proto.onnx.ModelProto.create({
      irVersion: 8,
      opsetImport: [
        { domain: "", version: 15 },
        { domain: "ai.onnx.ml", version: 3 },
      ],
      producerName: "example-flight-delay",
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: [column(output, "float")],
      },
    });
    return proto.onnx.ModelProto.encode(model).finish();
  }
}

function column(name: string, type: TensorType): onnx.IValueInfoProto {
  return {
    name,
    type: { tensorType: { elemType: TYPES[type], shape: { dim: [{ dimParam: "N" }, { dimValue: 1 }] } } },
  };
}

function attribute(name: string, value: Attribute): onnx.IAttributeProto {
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  if ("int" in value) return { name, type: AttributeType.INT, i: value.int };
  if ("string" in value) return { name, type: AttributeType.STRING, s: utf8.encode(value.string) };
  if ("floats" in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] };
  if ("ints" in value) return { name, type: AttributeType.INTS, ints: [...value.ints] };
  return { name, type: AttributeType.STRINGS, strings: value.strings.map((text) => utf8.encode(text)) };
}
