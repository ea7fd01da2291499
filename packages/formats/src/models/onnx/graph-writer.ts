import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { floatBytes } from '../dense-layers.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  ELEMENT,
  ENTRY,
  GRAPH,
  MODEL,
  NODE,
  OPSET,
  SHAPE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE_INFO,
} from './schema.js';

/** ONNX 1.8, of November 2020: what reads ONNX at all reads it. */
const IR_VERSION = 7;
const OPSET_VERSION = 13;

type Attributes = Readonly<
  Record<string, number | { readonly int: number } | { readonly ints: readonly number[] }>
>;

/** Builds the graph of an ONNX model, node by node. */
export class GraphWriter {
  readonly #graph = new BinaryWriter();

  /** A constant of floats. Returns its name. */
  floats(name: string, shape: readonly number[], values: Float32Array): string {
    return this.#tensor(name, shape, ELEMENT.float, (to) =>
      to.tag(TENSOR.rawData, WireType.LengthDelimited).bytes(floatBytes(values)),
    );
  }

  /** A constant of 64-bit integers. */
  integers(name: string, values: readonly number[]): string {
    return this.#tensor(name, [values.length], ELEMENT.int64, (to) => {
      for (const value of values) to.tag(TENSOR.int64Data, WireType.Varint).int64(value);
    });
  }

  /** A constant of texts. */
  texts(name: string, values: readonly string[]): string {
    return this.#tensor(name, [values.length], ELEMENT.string, (to) => {
      for (const value of values)
        to.tag(TENSOR.stringData, WireType.LengthDelimited).bytes(new TextEncoder().encode(value));
    });
  }

  /** One number. */
  scalar(name: string, value: number): string {
    return this.floats(name, [], Float32Array.of(value));
  }

  /** A node with one output. Returns the output's name. A number is a float attribute. */
  node(opType: string, inputs: readonly string[], output: string, attributes: Attributes = {}): string {
    const to = this.#graph.tag(GRAPH.node, WireType.LengthDelimited).fork();
    for (const input of inputs) to.tag(NODE.input, WireType.LengthDelimited).string(input);
    to.tag(NODE.output, WireType.LengthDelimited).string(output);
    to.tag(NODE.name, WireType.LengthDelimited).string(`${output}_${opType}`);
    to.tag(NODE.opType, WireType.LengthDelimited).string(opType);
    for (const [name, value] of Object.entries(attributes)) {
      to.tag(NODE.attribute, WireType.LengthDelimited).fork();
      to.tag(ATTRIBUTE.name, WireType.LengthDelimited).string(name);
      if (typeof value === 'number') {
        to.tag(ATTRIBUTE.f, WireType.Bit32).float(value);
        to.tag(ATTRIBUTE.type, WireType.Varint).int32(ATTRIBUTE_TYPE.float);
      } else if ('int' in value) {
        to.tag(ATTRIBUTE.i, WireType.Varint).int64(value.int);
        to.tag(ATTRIBUTE.type, WireType.Varint).int32(ATTRIBUTE_TYPE.int);
      } else {
        for (const one of value.ints) to.tag(ATTRIBUTE.ints, WireType.Varint).int64(one);
        to.tag(ATTRIBUTE.type, WireType.Varint).int32(ATTRIBUTE_TYPE.ints);
      }
      to.join();
    }
    to.join();
    return output;
  }

  /** What the graph takes or gives: a tensor whose first dimension is the number of examples. */
  value(
    role: 'input' | 'output',
    name: string,
    type: keyof typeof ELEMENT,
    shape: readonly number[],
  ): string {
    const to = this.#graph.tag(GRAPH[role], WireType.LengthDelimited).fork();
    to.tag(VALUE_INFO.name, WireType.LengthDelimited).string(name);
    to.tag(VALUE_INFO.type, WireType.LengthDelimited).fork();
    to.tag(TYPE.tensorType, WireType.LengthDelimited).fork();
    to.tag(TENSOR_TYPE.elemType, WireType.Varint).int32(ELEMENT[type]);
    to.tag(TENSOR_TYPE.shape, WireType.LengthDelimited).fork();
    to.tag(SHAPE.dim, WireType.LengthDelimited).fork();
    to.tag(DIMENSION.parameter, WireType.LengthDelimited).string('N').join();
    for (const size of shape) {
      to.tag(SHAPE.dim, WireType.LengthDelimited).fork();
      to.tag(DIMENSION.value, WireType.Varint).int64(size).join();
    }
    to.join().join().join().join();
    return name;
  }

  /** The model's file. */
  finish(doc: string, metadata: Readonly<Record<string, string>>): Uint8Array {
    this.#graph.tag(GRAPH.name, WireType.LengthDelimited).string('longhand');
    const model = new BinaryWriter();
    model.tag(MODEL.irVersion, WireType.Varint).int64(IR_VERSION);
    model.tag(MODEL.producerName, WireType.LengthDelimited).string('longhand');
    model.tag(MODEL.docString, WireType.LengthDelimited).string(doc);
    model.tag(MODEL.graph, WireType.LengthDelimited).bytes(this.#graph.finish());
    model.tag(MODEL.opsetImport, WireType.LengthDelimited).fork();
    model.tag(OPSET.domain, WireType.LengthDelimited).string('');
    model.tag(OPSET.version, WireType.Varint).int64(OPSET_VERSION).join();
    for (const [key, value] of Object.entries(metadata)) {
      model.tag(MODEL.metadataProps, WireType.LengthDelimited).fork();
      model.tag(ENTRY.key, WireType.LengthDelimited).string(key);
      model.tag(ENTRY.value, WireType.LengthDelimited).string(value).join();
    }
    return model.finish();
  }

  #tensor(name: string, shape: readonly number[], type: number, put: (to: BinaryWriter) => void): string {
    const to = this.#graph.tag(GRAPH.initializer, WireType.LengthDelimited).fork();
    for (const size of shape) to.tag(TENSOR.dims, WireType.Varint).int64(size);
    to.tag(TENSOR.dataType, WireType.Varint).int32(type);
    to.tag(TENSOR.name, WireType.LengthDelimited).string(name);
    put(to);
    to.join();
    return name;
  }
}
