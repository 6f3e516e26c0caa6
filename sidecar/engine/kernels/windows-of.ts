/** The windows of TensorFlow.js's convolutions and poolings, from their attributes. */
import * as tf from '@tensorflow/tfjs-core';
import type { Windows } from '../graph/windows.ts';

type Shape = readonly number[];
type Padding = 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
type Rounding = 'floor' | 'round' | 'ceil';
type Format = 'NHWC' | 'NCHW';

/** What the attributes of planar kernels have in common. */
export interface PlanarAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Padding;
  readonly dataFormat?: Format;
  readonly dilations?: [number, number] | number;
  readonly dimRoundingMode?: Rounding;
}

export interface PlanarPoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: Padding;
  readonly dimRoundingMode?: Rounding;
}

export interface VolumeAttributes {
  readonly strides: [number, number, number] | number;
  readonly pad: 'valid' | 'same';
  readonly dilations?: [number, number, number] | number;
}

export interface VolumePoolAttributes {
  readonly filterSize: [number, number, number] | number;
  readonly strides: [number, number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: Rounding;
}

type Quad = [number, number, number, number];
type Quint = [number, number, number, number, number];

function planar(info: tf.backend_util.Conv2DInfo): Windows {
  return {
    batch: info.batchSize,
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    before: [info.padInfo.top, info.padInfo.left],
  };
}

function volume(info: tf.backend_util.Conv3DInfo): Windows {
  return {
    batch: info.batchSize,
    input: [info.inDepth, info.inHeight, info.inWidth],
    output: [info.outDepth, info.outHeight, info.outWidth],
    kernel: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    dilations: [info.dilationDepth, info.dilationHeight, info.dilationWidth],
    before: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
  };
}

/** Shapes in `attributes.dataFormat`; the filter is [height, width, in, out or multiplier]. */
export function convolutionWindows(input: Shape, filter: Shape, attributes: PlanarAttributes, depthwise = false) {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes;
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat ?? 'NHWC');
  const [shape, filterShape] = [[...input] as Quad, [...filter] as Quad];
  return planar(
    tf.backend_util.computeConv2DInfo(
      shape,
      filterShape,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      depthwise,
      format,
    ),
  );
}

export function poolWindows(input: Shape, { filterSize, strides, pad, dimRoundingMode }: PlanarPoolAttributes) {
  const shape = [...input] as Quad;
  return planar(tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode));
}

export function dilationWindows(input: Shape, filter: Shape, { strides, pad, dilations }: tf.Dilation2DAttrs) {
  const [shape, filterShape] = [[...input] as Quad, [...filter] as [number, number, number]];
  return planar(tf.backend_util.computeDilation2DInfo(shape, filterShape, strides, pad, 'NHWC', dilations));
}

export function volumeWindows(input: Shape, filter: Shape, { strides, pad, dilations }: VolumeAttributes) {
  const [shape, filterShape] = [[...input] as Quint, [...filter] as Quint];
  return volume(tf.backend_util.computeConv3DInfo(shape, filterShape, strides, dilations ?? 1, pad));
}

export function volumePoolWindows(input: Shape, { filterSize, strides, pad, dimRoundingMode }: VolumePoolAttributes) {
  const shape = [...input] as Quint;
  return volume(tf.backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode, 'NDHWC'));
}
