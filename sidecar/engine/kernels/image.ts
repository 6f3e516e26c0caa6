/** Kernels that read images [batch, height, width, channels] at computed places. */
import * as tf from '@tensorflow/tfjs-core';
import { add, binary, cast, compare, div, mul, scalar, sub, unary, where } from '../graph/arithmetic.ts';
import { concat, expand, gather, reshape, slice } from '../graph/layout.ts';
import { constant } from '../graph/record.ts';
import { sizeOf, type Value } from '../graph/value.ts';
import { mapCoordinate } from './image-borders.ts';
import { type KernelInputs, type KernelTable, kernel } from './kernel.ts';
import { int32s, upTo } from './rows.ts';

const clamp = (x: Value, low: number, high: number): Value =>
  binary('Min', binary('Max', x, scalar(low, x.type)), scalar(high, x.type));

const both = (a: Value, b: Value): Value => binary('And', a, b, 'bool');

/** Whether 0 ≤ x ≤ last. */
const within = (x: Value, last: number): Value =>
  both(compare('GreaterOrEqual', x, scalar(0)), compare('LessOrEqual', x, scalar(last)));

/** Numbers 0 … length − 1 as float32, along `axis` of three. */
const along = (length: number, axis: number): Value =>
  reshape(cast(upTo(length), 'float32'), [1, 1, 1].with(axis, length));

/** Halves away from zero for positive numbers, as Math.round; ONNX rounds them to even. */
const roundHalfUp = (x: Value): Value => unary('Floor', add(x, scalar(0.5)));

/**
 * The pixels of images `of` (int32, broadcasting) at whole coordinates: [...places, channels].
 * Coordinates outside the image read its nearest pixel.
 */
function pixels(image: Value, of: Value, y: Value, x: Value): Value {
  const [, height, width, channels] = image.shape as [number, number, number, number];
  const row = clamp(cast(y, 'int32'), 0, height - 1);
  const column = clamp(cast(x, 'int32'), 0, width - 1);
  const at = add(mul(add(mul(of, scalar(height, 'int32')), row), scalar(width, 'int32')), column);
  const flat = reshape(image, [sizeOf(image.shape) / channels, channels]);
  return cast(gather(flat, at, 0), 'float32');
}

/** A value for each place, for all channels. */
const perPixel = (x: Value): Value => reshape(x, [...x.shape, 1]);

/** Linear in both directions between the four pixels around each place. */
function bilinear(y: Value, x: Value, pixel: (y: Value, x: Value) => Value): Value {
  const [top, left] = [unary('Floor', y), unary('Floor', x)];
  const [bottom, right] = [add(top, scalar(1)), add(left, scalar(1))];
  const blend = (a: Value, b: Value, part: Value) => add(a, mul(sub(b, a), part));
  const across = perPixel(sub(x, left));
  const upper = blend(pixel(top, left), pixel(top, right), across);
  const lower = blend(pixel(bottom, left), pixel(bottom, right), across);
  return blend(upper, lower, perPixel(sub(y, top)));
}

/** Coordinates of `size` samples between two edges [boxes, 1, 1], which are parts of the image's length. */
function samples(from: Value, to: Value, length: number, size: number, axis: number): Value {
  if (size === 1) return mul(mul(add(from, to), scalar(0.5)), scalar(length - 1));
  const gap = mul(sub(to, from), scalar(Math.fround((length - 1) / (size - 1))));
  return add(mul(from, scalar(length - 1)), mul(along(size, axis), gap));
}

function cropAndResize(inputs: KernelInputs, { cropSize, method, extrapolationValue }: tf.CropAndResizeAttrs): Value {
  const [image, boxes] = [inputs.get('image'), inputs.get('boxes')];
  const [, height, width] = image.shape as [number, number, number, number];
  const [count, [rows, columns]] = [boxes.shape[0]!, cropSize];
  const edge = (at: number) => reshape(slice(boxes, [0, at], [count, 1]), [count, 1, 1]);
  const of = reshape(cast(inputs.get('boxInd'), 'int32'), [count, 1, 1]);
  const y = expand(samples(edge(0), edge(2), height, rows, 1), [count, rows, columns]);
  const x = expand(samples(edge(1), edge(3), width, columns, 2), [count, rows, columns]);
  const pixel = (row: Value, column: Value) => pixels(image, of, row, column);
  const found = method === 'bilinear' ? bilinear(y, x, pixel) : pixel(roundHalfUp(y), roundHalfUp(x));
  const inside = both(within(y, height - 1), within(x, width - 1));
  return where(perPixel(inside), found, scalar(extrapolationValue));
}

/** A projective map of eight numbers: row 0 … 2 of a 3 × 3 matrix whose last element is 1. */
function transform(inputs: KernelInputs, attributes: tf.TransformAttrs): Value {
  const { interpolation, fillMode, fillValue, outputShape } = attributes;
  const [image, transforms] = [inputs.get('image'), inputs.get('transforms')];
  const [batch, height, width] = image.shape as [number, number, number, number];
  const [rows, columns] = outputShape ?? [height, width];
  const maps = transforms.shape[0]!;
  const t = (at: number) => reshape(slice(transforms, [0, at], [maps, 1]), [maps, 1, 1]);
  const [outY, outX] = [along(rows, 1), along(columns, 2)];
  const linear = (a: number, b: number, c: Value) => add(add(mul(t(a), outX), mul(t(b), outY)), c);
  const projection = linear(6, 7, scalar(1));
  const shape = [batch, rows, columns];
  const y = expand(mapCoordinate(div(linear(3, 4, t(5)), projection), height, fillMode), shape);
  const x = expand(mapCoordinate(div(linear(0, 1, t(2)), projection), width, fillMode), shape);
  const of = int32s(
    Array.from({ length: batch }, (_, at) => at),
    [batch, 1, 1],
  );
  const pixel = (row: Value, column: Value) => {
    const inside = perPixel(both(within(row, height - 1), within(column, width - 1)));
    return where(inside, pixels(image, of, row, column), scalar(fillValue));
  };
  const found = interpolation === 'bilinear' ? bilinear(y, x, pixel) : pixel(roundHalfUp(y), roundHalfUp(x));
  // Points at infinity are outside the image.
  const finite = expand(compare('Equal', projection, scalar(0)), shape);
  return cast(where(perPixel(finite), scalar(fillValue), found), image.type);
}

function rotate(inputs: KernelInputs, { radians, fillValue, center }: tf.RotateWithOffsetAttrs): Value {
  const image = inputs.get('image');
  const [batch, height, width, channels] = image.shape as [number, number, number, number];
  const [centerX, centerY] = tf.backend_util.getImageCenter(center, height, width);
  const [sine, cosine] = [Math.sin(radians), Math.cos(radians)];
  const from = Array.from({ length: height * width }, (_, at) => {
    const [x, y] = [(at % width) - centerX, Math.floor(at / width) - centerY];
    const column = Math.round(x * cosine - y * sine + centerX);
    const row = Math.round(x * sine + y * cosine + centerY);
    const inside = column >= 0 && column < width && row >= 0 && row < height;
    return inside ? row * width + column : height * width;
  });
  // One pixel more, which everything from outside the image reads; alpha there is full.
  const fill = Array.from({ length: channels }, (_, channel) =>
    typeof fillValue === 'number' ? fillValue : channel === 3 ? 255 : fillValue[channel as 0 | 1 | 2],
  );
  const filled =
    image.type === 'float32'
      ? constant('float32', [1, 1, channels], Float32Array.from(fill))
      : int32s(fill, [1, 1, channels]);
  const flat = reshape(image, [batch, height * width, channels]);
  const extended = concat([flat, expand(cast(filled, image.type), [batch, 1, channels])], 1);
  return reshape(gather(extended, int32s(from), 1), image.shape);
}

export const images: KernelTable = {
  [tf.CropAndResize]: kernel<tf.CropAndResizeAttrs>(cropAndResize),
  [tf.Transform]: kernel<tf.TransformAttrs>(transform),
  [tf.RotateWithOffset]: kernel<tf.RotateWithOffsetAttrs>(rotate),
  [tf.FlipLeftRight]: (inputs) => {
    const x = inputs.get('image');
    return slice(x, [0, 0, x.shape[2]! - 1, 0], x.shape, [1, 1, -1, 1]);
  },
};
