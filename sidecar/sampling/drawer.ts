/** What draws samples of one family of models, some at a time. */
import type { SampleSet } from '../modalities/modality.ts';

export interface DrawRequest {
  readonly count: number;
  /** One class number an example; null for a model without classes. */
  readonly labels: readonly number[] | null;
  readonly seed: number;
  /** Names the numbers to draw: equal seeds and streams draw equal numbers. */
  readonly stream: string;
  /** Number of the generator that makes example `at` of these, where there are several. */
  generatorOf(at: number): number;
  /** Number of the dataset's example whose source example `at` of these is made from, where there are sources. */
  sourceOf(at: number): number;
  /** Real examples that the model was trained on, which decide the stage of a network that grows. */
  readonly seen: number;
}

export interface Drawer {
  /** Examples that are best drawn at once. */
  readonly block: number;
  draw(request: DrawRequest): Promise<SampleSet>;
  dispose(): void;
}
