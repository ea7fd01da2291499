import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ModelError } from '@longhand/core';
import { floatsOf } from '../float-types.js';
import {
  ATTRIBUTE,
  ELEMENT,
  ENTRY,
  GRAPH,
  MODEL,
  NODE,
  TENSOR,
  TENSOR_TYPE,
  TYPE,
  VALUE_INFO,
} from './schema.js';

/** A constant of a graph. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
}

/** An operation of a graph. */
export interface OnnxNode {
  /** What a person calls it: its name or that of its output. */
  readonly name: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, number | string | readonly number[] | OnnxTensor>;
}

/** What we take from an ONNX file. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** The names of its inputs, without constants, with the type of their elements. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A stack of dense layers has no more. */
const MAX_PARTS = 2000;
/** Whole numbers are shapes and axes. */
const MAX_INTEGERS = 1000;

/** The messages of a field, by its number. */
type Fields = Readonly<Record<number, (reader: BinaryReader, type: WireType) => void>>;

/**
 * Reads the graph of an ONNX model.
 *
 * @throws ModelError when the file is damaged, or keeps its weights in other files
 */
export function readOnnxGraph(file: Uint8Array, name: string): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxTensor>();
  const declared = new Map<string, number>();
  const outputs: string[] = [];
  const metadata: Record<string, string> = {};
  const counts = new Map<string, number>();
  const count = (what: string) => {
    const more = (counts.get(what) ?? 0) + 1;
    counts.set(what, more);
    if (more > MAX_PARTS)
      throw new ModelError(`${name}: more than ${MAX_PARTS} ${what}: expected a stack of dense layers`);
  };
  try {
    let hasGraph = false;
    visit(file, {
      [MODEL.graph]: (reader) => {
        hasGraph = true;
        visit(reader.bytes(), {
          [GRAPH.node]: (inner) => {
            count('operations');
            nodes.push(nodeOf(inner.bytes(), name));
          },
          [GRAPH.initializer]: (inner) => {
            count('constants');
            const tensor = tensorOf(inner.bytes(), name);
            constants.set(tensor.name, tensor);
          },
          [GRAPH.input]: (inner) => {
            count('inputs');
            declared.set(...typedName(inner.bytes()));
          },
          [GRAPH.output]: (inner) => {
            count('outputs');
            outputs.push(typedName(inner.bytes())[0]);
          },
        });
      },
      [MODEL.metadataProps]: (reader) => {
        count('metadata');
        let [key, value] = ['', ''];
        visit(reader.bytes(), {
          [ENTRY.key]: (inner) => {
            key = inner.string();
          },
          [ENTRY.value]: (inner) => {
            value = inner.string();
          },
        });
        metadata[key] = value;
      },
    });
    if (!hasGraph) throw new ModelError(`${name}: is no ONNX model, or is cut short: it has no graph`);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(
      `${name}: is damaged, or no ONNX model (${error instanceof Error ? error.message : error})`,
    );
  }
  const inputs = new Map([...declared].filter(([input]) => !constants.has(input)));
  return { nodes, constants, inputs, outputs, metadata };
}

/** Calls a function for each field that is asked for, and skips the others. */
function visit(bytes: Uint8Array, fields: Fields): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const take = fields[number];
    if (take) take(reader, type);
    else reader.skip(type, number);
  }
}

/** Numbers that come one a field, or many in one. */
function each(reader: BinaryReader, type: WireType, read: (from: BinaryReader) => void): void {
  if (type !== WireType.LengthDelimited) {
    read(reader);
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) read(packed);
}

function nodeOf(bytes: Uint8Array, file: string): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, number | string | readonly number[] | OnnxTensor>();
  let [name, opType] = ['', ''];
  visit(bytes, {
    [NODE.input]: (reader) => {
      inputs.push(reader.string());
    },
    [NODE.output]: (reader) => {
      outputs.push(reader.string());
    },
    [NODE.name]: (reader) => {
      name = reader.string();
    },
    [NODE.opType]: (reader) => {
      opType = reader.string();
    },
    [NODE.attribute]: (reader) => {
      const [key, value] = attributeOf(reader.bytes(), file);
      if (value !== undefined) attributes.set(key, value);
    },
  });
  return { name: name || (outputs[0] ?? opType), opType, inputs, outputs, attributes };
}

function attributeOf(
  bytes: Uint8Array,
  file: string,
): [string, number | string | readonly number[] | OnnxTensor | undefined] {
  let name = '';
  let value: number | string | readonly number[] | OnnxTensor | undefined;
  const list: number[] = [];
  visit(bytes, {
    [ATTRIBUTE.name]: (reader) => {
      name = reader.string();
    },
    [ATTRIBUTE.f]: (reader) => {
      value = reader.float();
    },
    [ATTRIBUTE.i]: (reader) => {
      value = Number(reader.int64());
    },
    [ATTRIBUTE.s]: (reader) => {
      value = new TextDecoder().decode(reader.bytes());
    },
    [ATTRIBUTE.t]: (reader) => {
      value = tensorOf(reader.bytes(), file);
    },
    [ATTRIBUTE.floats]: (reader, type) => each(reader, type, (from) => list.push(from.float())),
    [ATTRIBUTE.ints]: (reader, type) => each(reader, type, (from) => list.push(Number(from.int64()))),
  });
  return [name, list.length > 0 ? list : value];
}

function tensorOf(bytes: Uint8Array, file: string): OnnxTensor {
  const dims: number[] = [];
  let [name, type] = ['', 0];
  let raw: Uint8Array | undefined;
  const listed: number[] = [];
  const integer = (list: number[], value: number) => {
    if (list.length === MAX_INTEGERS)
      throw new ModelError(`${file}: a tensor of whole numbers: quantized models are not read`);
    list.push(value);
  };
  visit(bytes, {
    [TENSOR.dims]: (reader, wire) => each(reader, wire, (from) => integer(dims, Number(from.int64()))),
    [TENSOR.dataType]: (reader) => {
      type = reader.int32();
    },
    [TENSOR.floatData]: (reader, wire) => each(reader, wire, (from) => listed.push(from.float())),
    [TENSOR.int32Data]: (reader, wire) => each(reader, wire, (from) => integer(listed, from.int32())),
    [TENSOR.int64Data]: (reader, wire) => each(reader, wire, (from) => integer(listed, Number(from.int64()))),
    [TENSOR.doubleData]: (reader, wire) => each(reader, wire, (from) => listed.push(from.double())),
    [TENSOR.name]: (reader) => {
      name = reader.string();
    },
    [TENSOR.rawData]: (reader) => {
      raw = reader.bytes();
    },
    [TENSOR.dataLocation]: (reader) => {
      if (reader.int32() === 1)
        throw new ModelError(
          `${file}: its weights are in another file: export it with everything in one file`,
        );
    },
  });
  // Listed numbers of 16 bits are patterns of bits.
  const isPattern = type === ELEMENT.float16 || type === ELEMENT.bfloat16;
  const values = raw ? numbersOf(raw, type) : isPattern ? [] : listed;
  const count = dims.reduce((product, size) => product * size, 1);
  // Texts, and types that no parameter has, are left empty.
  if (values.length !== count && values.length > 0)
    throw new ModelError(
      `${file}: tensor ${JSON.stringify(name.slice(0, 60))} of shape [${dims}] has ${values.length} numbers: the file is damaged`,
    );
  return { name, dims, values };
}

/** Little-endian numbers. */
function numbersOf(raw: Uint8Array, type: number): ArrayLike<number> {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const list = (size: number, get: (at: number) => number) =>
    Array.from({ length: Math.floor(raw.length / size) }, (_, i) => get(size * i));
  switch (type) {
    case ELEMENT.float:
      return floatsOf(raw, 'F32');
    case ELEMENT.double:
      return floatsOf(raw, 'F64');
    case ELEMENT.float16:
      return floatsOf(raw, 'F16');
    case ELEMENT.bfloat16:
      return floatsOf(raw, 'BF16');
    case ELEMENT.int64:
      return list(8, (at) => Number(view.getBigInt64(at, true)));
    case ELEMENT.int32:
      return list(4, (at) => view.getInt32(at, true));
    default:
      return [];
  }
}

/** The name of an input or output, and the type of its elements. */
function typedName(bytes: Uint8Array): [string, number] {
  let [name, type] = ['', 0];
  visit(bytes, {
    [VALUE_INFO.name]: (reader) => {
      name = reader.string();
    },
    [VALUE_INFO.type]: (reader) =>
      visit(reader.bytes(), {
        [TYPE.tensorType]: (tensor) =>
          visit(tensor.bytes(), {
            [TENSOR_TYPE.elemType]: (inner) => {
              type = inner.int32();
            },
          }),
      }),
  });
  return [name, type];
}
