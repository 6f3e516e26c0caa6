/** Where one update lies in a run, counted in images of real data. */
export interface Progress {
  /** Images that the run has trained on before the update. */
  readonly before: number;
  /** The same after it. */
  readonly after: number;
  /** Of the whole run. */
  readonly total: number;
}

/** Of step `step`, from 0, where each step takes `examplesPerStep`. */
export const progressAt = (step: number, examplesPerStep: number, total: number): Progress => ({
  before: step * examplesPerStep,
  after: (step + 1) * examplesPerStep,
  total,
});
