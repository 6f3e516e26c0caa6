/** What a metric is, whoever asks: the command line, the editor or the training loop. */

/** One row an example, whoever made it: pixels, activations of a network, columns of a table. */
export interface Features {
  /** Row major, [rows, dimensions]. */
  readonly values: Float32Array | Float64Array;
  readonly dimensions: number;
}

/** The class of each example. */
export interface Labels {
  /** [n], from 0 to classes − 1: of real examples their own, of synthetic ones what a classifier says. */
  readonly values: Int32Array;
  readonly classes: number;
}

/** How likely a model holds each example. */
export interface LogLikelihoods {
  /** [n], in nats; of a model that only bounds it, the lower bound. */
  readonly values: Float32Array | Float64Array;
}

/** All that a metric can ask to know of a set of examples. */
export interface Evidence {
  readonly features: Features;
  readonly labels: Labels;
  /** The class that the model was asked for, [n]; of real examples their own once more. */
  readonly asked: Labels;
  /** The class that a classifier gives which learned from the other set alone, [n]. */
  readonly learned: Labels;
  readonly logLikelihoods: LogLikelihoods;
}

export type Need = keyof Evidence;

export interface MetricContext {
  /** Decides every random choice: equal seeds give equal values. */
  readonly seed: number;
}

export interface Estimate {
  readonly value: number;
  /** Of the value, with the docstring of the metric saying over what; null where none is defined. */
  readonly standardError: number | null;
}

export interface Metric<Needs extends Need = Need> {
  /** For programs and people alike, for example "frechet-distance". */
  readonly name: string;
  /** Paper that defines it. */
  readonly source: string;
  /** A set must have all of these, unless the metric takes no example of it (minimum 0). */
  readonly needs: readonly Needs[];
  /** Examples below which it is not defined. */
  readonly minimum: { readonly real: number; readonly synthetic: number };
  readonly higherIsBetter: boolean;
  /** Call it through `measureMetric`, which checks needs, minimum and shapes. */
  measure(real: Pick<Evidence, Needs>, synthetic: Pick<Evidence, Needs>, context: MetricContext): Estimate;
}
