/** Elementwise operations, reductions and matrix products. */
import { beforeExpand, broadcastShape, expand, reshape, transpose } from './layout.ts';
import { broadcastingNode, int64s, isSplat, madeBy, node, splat } from './record.ts';
import { type Attributes, float, int, sizeOf, type Value, type ValueType } from './value.ts';

const ELEMENT_TYPE: Record<ValueType, number> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 };

export const scalar = (fill: number, type: ValueType = 'float32'): Value => splat(type, [], fill);

export function cast(x: Value, type: ValueType): Value {
  if (x.type === type) return x;
  return unary('Cast', x, { to: int(ELEMENT_TYPE[type]) }, type);
}

/** An operation on each element alone. */
export function unary(op: string, x: Value, attributes: Attributes = {}, type: ValueType = x.type): Value {
  const inner = beforeExpand(x);
  return expand(broadcastingNode(op, [inner], type, inner.shape, attributes), x.shape);
}

/** The other operand, where an operation with a constant changes nothing; else null. */
function unchanged(op: string, a: Value, b: Value): Value | null {
  switch (op) {
    case 'Mul':
      return isSplat(b, 1) ? a : isSplat(a, 1) ? b : null;
    case 'Add':
      return isSplat(b, 0) ? a : isSplat(a, 0) ? b : null;
    case 'Sub':
      return isSplat(b, 0) ? a : null;
    case 'Div':
      return isSplat(b, 1) ? a : null;
    default:
      return null;
  }
}

function fold(op: string, a: Value, b: Value): number | null {
  if (a.definition.kind !== 'splat' || b.definition.kind !== 'splat' || a.type !== 'float32') return null;
  const [x, y] = [a.definition.fill, b.definition.fill];
  const exact = { Mul: x * y, Add: x + y, Sub: x - y, Div: x / y }[op];
  return exact === undefined ? null : Math.fround(exact);
}

/** An operation on pairs of elements, broadcasting. */
export function binary(op: string, a: Value, b: Value, type: ValueType = a.type, attributes: Attributes = {}): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const same = unchanged(op, a, b);
  if (same !== null) return expand(same, shape);
  const folded = fold(op, a, b);
  if (folded !== null) return splat(type, shape, folded);
  const [left, right] = [beforeExpand(a), beforeExpand(b)];
  const inner = broadcastShape(left.shape, right.shape);
  if (op === 'Add') {
    const biased = addBias(left, right) ?? addBias(right, left);
    if (biased !== null) return expand(biased, shape);
  }
  return expand(broadcastingPair(op, left, right, type, inner, attributes), shape);
}

/**
 * ONNX Runtime broadcasts a single number over [..., 1] element by element, some twenty times slower
 * than over the same elements as [...].
 */
function broadcastingPair(
  op: string,
  a: Value,
  b: Value,
  type: ValueType,
  shape: readonly number[],
  attributes: Attributes,
) {
  const [one, many] = sizeOf(a.shape) === 1 ? [a, b] : [b, a];
  if (sizeOf(one.shape) !== 1 || sizeOf(many.shape) === 1 || many.shape.at(-1) !== 1) {
    return broadcastingNode(op, [a, b], type, shape, attributes);
  }
  const flat = (value: Value) => reshape(value, value === one ? [] : [sizeOf(many.shape)]);
  return reshape(broadcastingNode(op, [flat(a), flat(b)], type, [sizeOf(many.shape)], attributes), shape);
}

/** A bias goes onto the matrix product itself, before its reshape, where ONNX Runtime fuses the two. */
function addBias(x: Value, bias: Value): Value | null {
  const product = madeBy(x, 'Reshape')?.inputs[0];
  if (!product || !madeBy(product, 'MatMul') || product.shape.length !== 2) return null;
  const features = product.shape[1]!;
  if (sizeOf(bias.shape) !== features || bias.shape.at(-1) !== features || x.shape.at(-1) !== features) return null;
  if (bias.shape.length > x.shape.length) return null;
  return reshape(binary('Add', product, reshape(bias, [features])), x.shape);
}

export const add = (a: Value, b: Value) => binary('Add', a, b);
export const sub = (a: Value, b: Value) => binary('Sub', a, b);
export const mul = (a: Value, b: Value) => binary('Mul', a, b);
export const div = (a: Value, b: Value) => binary('Div', a, b);

export const compare = (op: string, a: Value, b: Value) => binary(op, a, b, 'bool');

export function where(condition: Value, a: Value, b: Value): Value {
  const inner = [condition, a, b].map(beforeExpand);
  const join = (values: readonly Value[]) => values.map((value) => value.shape).reduce(broadcastShape);
  return expand(broadcastingNode('Where', inner, a.type, join(inner)), join([condition, a, b]));
}

/** 1 where x > 0, else 0, in float32: one pass, where a comparison and a cast are two. */
export function isPositive(x: Value): Value {
  // Times the largest float, every positive normal number is at least 1.
  return unary('HardSigmoid', x, { alpha: float(3.4028234e38), beta: float(0) });
}

/** Sums over many rows are matrix products with ones, several times faster than ReduceSum. */
const MANY_ROWS = 64;

/** A reduction over `axes`, which are dropped from the shape. */
export function reduce(op: string, x: Value, axes: readonly number[]): Value {
  const kept = x.shape.filter((_, axis) => !axes.includes(axis));
  if (axes.length === 0) return x;
  if (axes.every((axis) => x.shape[axis] === 1) && op.startsWith('Reduce')) return reshape(x, kept);
  const rows = sizeOf(axes.map((axis) => x.shape[axis]!));
  const leading = axes.every((axis) => axis < axes.length);
  if ((op === 'ReduceSum' || op === 'ReduceMean') && x.type === 'float32' && leading && rows >= MANY_ROWS) {
    const columns = sizeOf(kept);
    if (columns > 1) {
      const ones = splat('float32', [1, rows], 1);
      const total = reshape(matmul(ones, reshape(x, [rows, columns])), kept);
      return op === 'ReduceSum' ? total : div(total, scalar(rows));
    }
  }
  return node(op, [x, int64s(axes)], x.type, kept, { keepdims: int(0) });
}

/** A matrix product over the last two axes; the axes before them broadcast. */
export function matmul(a: Value, b: Value, transposeA = false, transposeB = false): Value {
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  const rows = a.shape[transposeA ? rankA - 1 : rankA - 2]!;
  const columns = b.shape[transposeB ? rankB - 2 : rankB - 1]!;
  if (rankA === 2 && rankB === 2 && (transposeA || transposeB)) {
    const attributes = { transA: int(transposeA ? 1 : 0), transB: int(transposeB ? 1 : 0) };
    return node('Gemm', [a, b], a.type, [rows, columns], attributes);
  }
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const left = transposeA ? transpose(a, swapLast(rankA)) : a;
  const right = transposeB ? transpose(b, swapLast(rankB)) : b;
  return node('MatMul', [left, right], a.type, [...batch, rows, columns]);
}

const swapLast = (rank: number): number[] => [...Array(rank - 2).keys(), rank - 1, rank - 2];
