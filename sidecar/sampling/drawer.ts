/** What draws samples of one family of models, some at a time. */
import type { SampleSet } from '../modalities/modality.ts';
import type { Stream } from './counter-random.ts';

export interface DrawRequest {
  readonly count: number;
  /** Class numbers asked for, [count]; null for a model without classes, and for the classes of the sources. */
  readonly labels: readonly number[] | null;
  readonly seed: number;
  /** Which numbers to draw: equal seeds and streams draw equal numbers. */
  readonly stream: Stream;
  /** Number of the generator that makes example `at` of these, where there are several. */
  generatorOf(at: number): number;
  /** Number of the dataset's example whose source example `at` of these is made from, where there are sources. */
  sourceOf(at: number): number;
  /** Real examples that the model was trained on, which decide the stage of a network that grows. */
  readonly seen: number;
}

export interface Drawn extends SampleSet {
  /** Class numbers of the examples, [count]; null for a model without classes. */
  readonly labels: readonly number[] | null;
}

export interface Drawer {
  /** Examples that are best drawn at once. */
  readonly block: number;
  /** Whether examples have the classes of their sources where none are asked for. */
  readonly ownLabels: boolean;
  draw(request: DrawRequest): Promise<Drawn>;
  dispose(): void;
}
