/**
 * Writes a recorded graph as an ONNX model: the fields of onnx.proto that a graph of plain tensors
 * needs, by their numbers, on protobufjs's writer.
 */
import { Writer } from 'protobufjs/minimal';
import { type Attribute, filled, type HostArray, type Value, type ValueType } from '../graph/value.ts';

/** Opset 20 is the newest whose operators every bundled execution provider implements. */
const OPSET = 20;
const IR_VERSION = 9;

const ELEMENT_TYPE: Record<ValueType, number> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 };
const ATTRIBUTE_TYPE: Record<Attribute['kind'], number> = { float: 1, int: 2, text: 3, ints: 7 };

export interface Port {
  readonly name: string;
  readonly value: Value;
}

/** Field number and wire type 2 (length-delimited), as protobuf tags a field. */
const delimited = (field: number) => (field << 3) | 2;
const varint = (field: number) => field << 3;
const fixed32 = (field: number) => (field << 3) | 5;

function message(writer: Writer, field: number, write: (writer: Writer) => void): void {
  writer.uint32(delimited(field)).fork();
  write(writer);
  writer.ldelim();
}

function writeAttribute(writer: Writer, name: string, attribute: Attribute): void {
  writer.uint32(delimited(1)).string(name);
  switch (attribute.kind) {
    case 'float':
      writer.uint32(fixed32(2)).float(attribute.value);
      break;
    case 'int':
      writer.uint32(varint(3)).int64(attribute.value);
      break;
    case 'text':
      writer.uint32(delimited(4)).string(attribute.value);
      break;
    case 'ints':
      for (const value of attribute.value) writer.uint32(varint(8)).int64(value);
      break;
  }
  writer.uint32(varint(20)).int32(ATTRIBUTE_TYPE[attribute.kind]);
}

function writeTensor(writer: Writer, name: string, type: ValueType, shape: readonly number[], data: HostArray): void {
  for (const length of shape) writer.uint32(varint(1)).int64(length);
  writer.uint32(varint(2)).int32(ELEMENT_TYPE[type]);
  writer.uint32(delimited(8)).string(name);
  writer.uint32(delimited(9)).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writePort(writer: Writer, name: string, value: Value): void {
  writer.uint32(delimited(1)).string(name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      tensor.uint32(varint(1)).int32(ELEMENT_TYPE[value.type]);
      message(tensor, 2, (shape) => {
        for (const length of value.shape) message(shape, 1, (dim) => dim.uint32(varint(1)).int64(length));
      });
    }),
  );
}

/** Every value reachable from `outputs`, each after what it is made from. */
export function inOrder(outputs: readonly Value[]): Value[] {
  const order: Value[] = [];
  const seen = new Set<Value>();
  // An explicit stack: a recorded program may be deeper than the call stack.
  const stack: { value: Value; entered: boolean }[] = outputs.map((value) => ({ value, entered: false })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, entered } = top;
    if (entered) {
      order.push(value);
      continue;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    stack.push({ value, entered: true });
    if (value.definition.kind !== 'node') continue;
    for (const input of value.definition.inputs.toReversed()) {
      if (input !== null) stack.push({ value: input, entered: false });
    }
  }
  return order;
}

/** An element type that onnxruntime-node has no array for. */
const BFLOAT16 = 16;

/** A first output with one element of a type that onnxruntime-node cannot hand over. */
function writeStopper(writer: Writer, name: string): void {
  message(writer, 1, (node) => {
    node.uint32(delimited(1)).string(`${name}/value`);
    node.uint32(delimited(2)).string(name);
    node.uint32(delimited(4)).string('Identity');
  });
  message(writer, 5, (tensor) => {
    tensor.uint32(varint(1)).int64(1);
    tensor.uint32(varint(2)).int32(BFLOAT16);
    tensor.uint32(delimited(8)).string(`${name}/value`);
    tensor.uint32(delimited(9)).bytes(new Uint8Array(2));
  });
  message(writer, 12, (port) => {
    port.uint32(delimited(1)).string(name);
    message(port, 2, (type) =>
      message(type, 1, (tensor) => {
        tensor.uint32(varint(1)).int32(BFLOAT16);
        message(tensor, 2, (shape) => message(shape, 1, (dim) => dim.uint32(varint(1)).int64(1)));
      }),
    );
  });
}

/** The bytes of an ONNX model computing `outputs`; graph inputs are the input values they reach. `stopper`: see in-place.ts. */
export function writeModel(name: string, outputs: readonly Port[], stopper?: string): Uint8Array {
  const order = inOrder(outputs.map((output) => output.value));
  // A computed value is written under its output's name, which saves a copy of it.
  const direct = new Map<Value, string>();
  for (const { name: outputName, value } of outputs) {
    if (value.definition.kind === 'node' && !direct.has(value)) direct.set(value, outputName);
  }
  const nameOf = (value: Value) =>
    value.definition.kind === 'input' ? value.definition.name : (direct.get(value) ?? `v${value.id}`);

  const graph = (writer: Writer) => {
    for (const value of order) {
      const { definition } = value;
      if (definition.kind !== 'node') continue;
      message(writer, 1, (node) => {
        for (const input of definition.inputs) {
          node.uint32(delimited(1)).string(input === null ? '' : nameOf(input));
        }
        for (let unused = 0; unused < (definition.output ?? 0); unused += 1) {
          node.uint32(delimited(2)).string(`v${value.id}/${unused}`);
        }
        node.uint32(delimited(2)).string(nameOf(value));
        node.uint32(delimited(3)).string(`${definition.op}_${value.id}`);
        node.uint32(delimited(4)).string(definition.op);
        for (const [key, attribute] of Object.entries(definition.attributes)) {
          message(node, 5, (into) => writeAttribute(into, key, attribute));
        }
        if (definition.domain !== '') node.uint32(delimited(7)).string(definition.domain);
      });
    }
    // What is an input, a constant or another output already is copied.
    for (const { name: outputName, value } of outputs) {
      if (direct.get(value) === outputName) continue;
      message(writer, 1, (node) => {
        node.uint32(delimited(1)).string(nameOf(value));
        node.uint32(delimited(2)).string(outputName);
        node.uint32(delimited(4)).string('Identity');
      });
    }
    writer.uint32(delimited(2)).string(name);
    if (stopper !== undefined) writeStopper(writer, stopper);
    for (const value of order) {
      const { definition, type, shape } = value;
      if (definition.kind === 'constant') {
        message(writer, 5, (tensor) => writeTensor(tensor, nameOf(value), type, shape, definition.data));
      } else if (definition.kind === 'splat') {
        const one = shape.map(() => 1);
        message(writer, 5, (tensor) => writeTensor(tensor, nameOf(value), type, one, filled(type, 1, definition.fill)));
      }
    }
    for (const value of order) {
      if (value.definition.kind === 'input') message(writer, 11, (port) => writePort(port, nameOf(value), value));
    }
    for (const output of outputs) message(writer, 12, (port) => writePort(port, output.name, output.value));
  };

  const writer = Writer.create();
  writer.uint32(varint(1)).int64(IR_VERSION);
  writer.uint32(delimited(2)).string('gan-studio');
  message(writer, 7, graph);
  for (const [domain, version] of [
    ['', OPSET],
    ['com.microsoft', 1],
  ] as const) {
    message(writer, 8, (opset) => opset.uint32(delimited(1)).string(domain).uint32(varint(2)).int64(version));
  }
  return writer.finish();
}
