/**
 * Kernels whose results' shapes depend on numbers. They are computed here, from numbers that are
 * known outside a step; inside one they are refused.
 */
import * as tf from '@tensorflow/tfjs-core';
import { constant } from '../graph/record.ts';
import { allocate, type HostArray, sizeOf, type Value } from '../graph/value.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';

const scalarOf = (value: number): Value => constant('int32', [], Int32Array.of(value));
const vector = (values: readonly number[]): Value => constant('int32', [values.length], Int32Array.from(values));

/** The distinct slices along an axis in order of appearance, and which of them each slice is. */
function unique(x: Value, numbers: HostArray, axis: number): Value[] {
  const length = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(0, axis));
  const positions = (at: number): number[] =>
    Array.from({ length: outer * inner }, (_, i) => (Math.floor(i / inner) * length + at) * inner + (i % inner));
  const found = new Map<string, number>();
  const first: number[] = [];
  const which = Array.from({ length }, (_, at) => {
    const key = positions(at)
      .map((position) => String(numbers[position]))
      .join();
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, first.length);
    first.push(at);
    return first.length - 1;
  });
  const shape = x.shape.with(axis, first.length);
  const values = allocate(x.type, sizeOf(shape));
  for (const [to, at] of first.entries()) {
    for (const [i, from] of positions(at).entries()) {
      values[(Math.floor(i / inner) * first.length + to) * inner + (i % inner)] = numbers[from]!;
    }
  }
  return [constant(x.type, shape, values), vector(which)];
}

function boxesAndScores(inputs: KernelInputs) {
  return { boxes: inputs.numbers('boxes') as Float32Array, scores: inputs.numbers('scores') as Float32Array };
}

export const dataDependent: KernelTable = {
  [tf.Unique]: kernel<tf.UniqueAttrs>((inputs, { axis }) => {
    const x = inputs.get('x');
    return unique(x, inputs.numbers('x'), axis < 0 ? axis + x.shape.length : axis);
  }),
  [tf.NonMaxSuppressionV3]: kernel<tf.NonMaxSuppressionV3Attrs>((inputs, attributes) => {
    const { boxes, scores } = boxesAndScores(inputs);
    const { maxOutputSize, iouThreshold, scoreThreshold } = attributes;
    const { selectedIndices } = tf.kernel_impls.nonMaxSuppressionV3Impl(
      boxes,
      scores,
      maxOutputSize,
      iouThreshold,
      scoreThreshold,
    );
    return vector(selectedIndices);
  }),
  [tf.NonMaxSuppressionV4]: kernel<tf.NonMaxSuppressionV4Attrs>((inputs, attributes) => {
    const { boxes, scores } = boxesAndScores(inputs);
    const { maxOutputSize, iouThreshold, scoreThreshold, padToMaxOutputSize } = attributes;
    const { selectedIndices, validOutputs } = tf.kernel_impls.nonMaxSuppressionV4Impl(
      boxes,
      scores,
      maxOutputSize,
      iouThreshold,
      scoreThreshold,
      padToMaxOutputSize,
    );
    return [vector(selectedIndices), scalarOf(validOutputs!)];
  }),
  [tf.NonMaxSuppressionV5]: kernel<tf.NonMaxSuppressionV5Attrs>((inputs, attributes) => {
    const { boxes, scores } = boxesAndScores(inputs);
    const { maxOutputSize, iouThreshold, scoreThreshold, softNmsSigma } = attributes;
    const { selectedIndices, selectedScores } = tf.kernel_impls.nonMaxSuppressionV5Impl(
      boxes,
      scores,
      maxOutputSize,
      iouThreshold,
      scoreThreshold,
      softNmsSigma,
    );
    return [vector(selectedIndices), constant('float32', [selectedScores!.length], Float32Array.from(selectedScores!))];
  }),
};
