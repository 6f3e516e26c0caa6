/** What is known of the examples of a dataset. */
/** What a model needs to know of the examples. */
export interface ExampleFacts {
  /** Of one example: [size, size, channels] of an image, [values] of a row. */
  readonly shape: readonly number[];
  /** Of what is paired with each example, for a model to make it from; null where nothing is. */
  readonly sourceShape: readonly number[] | null;
  /** In label order; null without labels. */
  readonly classNames: readonly string[] | null;
}
