/** What a worker needs to know of a dataset to read batches of it; can be sent to it. */
import type { Channels, ResizeRule } from '../shape.ts';

export interface ReadPlan {
  readonly images: ImagePlan;
  readonly imageSize: number;
  readonly channels: Channels;
  readonly input: InputPlan | null;
  readonly augment: { readonly flip: boolean; readonly shift: number };
}

export type ImagePlan =
  /** Drawn on demand. */
  | { readonly kind: 'digits' }
  /** [imageSize, imageSize, channels] bytes, followed by those of a stored input. */
  | { readonly kind: 'ready'; readonly records: RecordsPlan }
  /** Grey [height, width] bytes, brought to size when read. */
  | { readonly kind: 'grey'; readonly records: RecordsPlan; readonly stored: GreyShape; readonly count: number }
  /** Three grey images as red, green and blue, chosen by the index. */
  | { readonly kind: 'stacked'; readonly records: RecordsPlan; readonly stored: GreyShape; readonly count: number };

export interface GreyShape {
  readonly width: number;
  readonly height: number;
  readonly rule: ResizeRule;
}

/** Records of one length after another, in memory that threads share, or in an open file. */
export type RecordsPlan =
  | { readonly kind: 'memory'; readonly bytes: SharedArrayBuffer; readonly start: number; readonly recordBytes: number }
  | {
      readonly kind: 'file';
      readonly descriptor: number;
      /** For messages. */
      readonly path: string;
      readonly start: number;
      readonly recordBytes: number;
    };

/** 'stored' inputs lie behind the image in its record. */
export interface InputPlan {
  readonly kind: 'edges' | 'grey' | 'stored';
  readonly channels: Channels;
}
