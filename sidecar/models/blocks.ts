/** Pieces that several architectures are made of. */
import type { Normalization } from '../keys/options.ts';
import type { Layers } from './layers.ts';

/** Slope of LeakyReLU below 0, in all GANs that name one. */
export const SLOPE = 0.2;

/** Whether a bias before this normalisation has an effect: it takes the mean of each channel away, or not. */
export const keepsBias = (kind: Normalization): boolean =>
  kind !== 'batch' && kind !== 'conditional-batch' && kind !== 'instance';

/** Dropout where the rate is above 0. */
export const dropped = <V>(layers: Layers<V>, x: V, rate: number): V => (rate > 0 ? layers.dropout(x, rate) : x);

/** Concatenation of what there is. */
export const joined = <V>(layers: Layers<V>, x: V, condition: V | null): V =>
  condition === null ? x : layers.concat([x, condition]);

/** An input that the model's family must have; throws where the caller left it out. */
export function given<V>(value: V | null, what: string): V {
  if (value === null) throw new Error(`the network needs ${what}`);
  return value;
}
