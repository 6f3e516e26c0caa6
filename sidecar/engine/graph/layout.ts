/** Operations that move elements without computing: reshape, transpose, broadcast, slice, gather. */
import { broadcastingNode, int64s, isSplat, madeBy, node, splat } from './record.ts';
import { int, ints, sameShape, sizeOf, text, type Value } from './value.ts';

type Shape = readonly number[];

const fillOf = (value: Value): number => (value.definition.kind === 'splat' ? value.definition.fill : Number.NaN);

export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  if (isSplat(x)) return splat(x.type, shape, fillOf(x));
  const inner = madeBy(x, 'Reshape')?.inputs[0];
  if (inner) return reshape(inner, shape);
  const expanded = madeBy(x, 'Expand')?.inputs[0];
  if (expanded && sizeOf(expanded.shape) === 1) return expand(reshape(expanded, []), shape);
  return node('Reshape', [x, int64s(shape)], x.type, shape);
}

/** The shape two operands broadcast to (right-aligned, lengths equal or 1). */
export function broadcastShape(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new Error(`Shapes [${a}] and [${b}] do not broadcast.`);
    return left === 1 ? right : left;
  });
}

/** Broadcasts `x` to `shape`. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  if (isSplat(x)) return splat(x.type, shape, fillOf(x));
  const inner = madeBy(x, 'Expand')?.inputs[0];
  if (inner) return expand(inner, shape);
  return broadcastingNode('Expand', [x, int64s(shape)], x.type, shape);
}

/** What an elementwise operation may use instead of a broadcast value: the value before it. */
export function beforeExpand(x: Value): Value {
  if (isSplat(x)) return splat(x.type, [], fillOf(x));
  return madeBy(x, 'Expand')?.inputs[0] ?? x;
}

export function transpose(x: Value, perm: readonly number[]): Value {
  if (perm.every((from, to) => from === to)) return x;
  const shape = perm.map((axis) => x.shape[axis]!);
  if (isSplat(x)) return splat(x.type, shape, fillOf(x));
  // Moving axes of length 1 moves no element.
  const long = perm.filter((axis) => x.shape[axis] !== 1);
  if (long.every((axis, at) => at === 0 || long[at - 1]! < axis)) return reshape(x, shape);
  const before = madeBy(x, 'Transpose');
  const first = before?.attributes.perm;
  if (before?.inputs[0] && first?.kind === 'ints') {
    return transpose(
      before.inputs[0],
      perm.map((axis) => first.value[axis]!),
    );
  }
  return node('Transpose', [x], x.type, shape, { perm: ints(perm) });
}

export function concat(values: readonly Value[], axis: number): Value {
  const kept = values.filter((value) => value.shape[axis] !== 0);
  const first = kept[0] ?? values[0]!;
  if (kept.length <= 1) return first;
  const length = kept.reduce((total, value) => total + value.shape[axis]!, 0);
  return node('Concat', kept, first.type, first.shape.with(axis, length), { axis: int(axis) });
}

/** Elements `begin`, `begin + stride`, … `size` of them along every axis; strides may be negative. */
export function slice(x: Value, begin: Shape, size: Shape, strides?: Shape): Value {
  const steps = strides ?? begin.map(() => 1);
  if (isSplat(x) || sizeOf(size) === 0) return splat(x.type, size, isSplat(x) ? fillOf(x) : 0);
  const axes = begin.map((_, axis) => axis).filter((axis) => size[axis] !== x.shape[axis] || steps[axis] !== 1);
  if (axes.length === 0) return x;
  const ends = axes.map((axis) => {
    const end = begin[axis]! + size[axis]! * steps[axis]!;
    // A negative end counts from the back in ONNX; one far below means "through the first".
    return end < 0 ? -x.shape[axis]! - 1 : end;
  });
  const pick = (shape: Shape) => int64s(axes.map((axis) => shape[axis]!));
  return node('Slice', [x, pick(begin), int64s(ends), int64s(axes), pick(steps)], x.type, size);
}

/** Pads with `fill`; `before` and `after` count elements along every axis. */
export function pad(x: Value, before: Shape, after: Shape, fill: number, mode = 'constant'): Value {
  if ([...before, ...after].every((length) => length === 0)) return x;
  const shape = x.shape.map((length, axis) => length + before[axis]! + after[axis]!);
  const value = splat(x.type, [], fill);
  return node('Pad', [x, int64s([...before, ...after]), value], x.type, shape, { mode: text(mode) });
}

/** Rows of `x` along `axis` at `indices` (int32 or int64), whose shape replaces that axis. */
export function gather(x: Value, indices: Value, axis: number): Value {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return node('Gather', [x, indices], x.type, shape, { axis: int(axis) });
}
