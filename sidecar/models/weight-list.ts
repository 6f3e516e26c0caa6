/** The list of weights that a network's layers ask for. */
import type { Initializer, WeightOptions } from './layers.ts';
import { last } from './shapes.ts';

/** One weight tensor of a network. */
export interface WeightSpec {
  /** Layer and role, for example "dense_1/kernel". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Initializer;
  /** Multiplies the initial values. */
  readonly gain: number;
  /** False for batch normalisation's moving statistics and spectral normalisation's vector. */
  readonly trainable: boolean;
  /** Inputs to and outputs of one unit, as Glorot and Bengio (2010) count them; 0 where unused. */
  readonly fanIn: number;
  readonly fanOut: number;
}

export class WeightList {
  readonly specs: WeightSpec[] = [];
  readonly #spectralNormalization: boolean;

  constructor(spectralNormalization: boolean) {
    this.#spectralNormalization = spectralNormalization;
  }

  /** A layer's kernel, with what its options ask for beside it. */
  kernel(
    layer: string,
    shape: readonly number[],
    fanIn: number,
    fanOut: number,
    { bias = true, init = 'glorot-uniform', gain = 1, equalized = false }: WeightOptions,
    units = last(shape),
  ): void {
    // Equalised weights are scaled, by their gain too, where they are used.
    const drawn = equalized ? ({ init: 'normal', gain: 1 } as const) : { init, gain };
    this.add(`${layer}/kernel`, shape, drawn.init, { gain: drawn.gain, fanIn, fanOut });
    // Of about unit length.
    if (this.#spectralNormalization) {
      this.add(`${layer}/u`, [units], 'normal', { gain: 1 / Math.sqrt(units), trainable: false });
    }
    if (bias) this.add(`${layer}/bias`, [units], 'zeros');
  }

  /** Of a normalisation. */
  scaleAndShift(layer: string, shape: readonly number[]): void {
    this.add(`${layer}/gamma`, shape, 'ones');
    this.add(`${layer}/beta`, shape, 'zeros');
  }

  /** Of batch normalisation. */
  movingStatistics(layer: string, channels: number): void {
    this.add(`${layer}/moving_mean`, [channels], 'zeros', { trainable: false });
    this.add(`${layer}/moving_variance`, [channels], 'ones', { trainable: false });
  }

  add(
    name: string,
    shape: readonly number[],
    init: Initializer,
    { gain = 1, trainable = true, fanIn = 0, fanOut = 0 }: Partial<WeightSpec> = {},
  ): void {
    this.specs.push({ name, shape, init, gain, trainable, fanIn, fanOut });
  }
}
