/**
 * Progressive growing (Karras et al. 2018): at which stage a run trains, as a pure function of the
 * examples it has trained on. Each stage but the first fades in over `growEvery` examples and is then
 * trained alone for as many; the first is only trained, the last until the end.
 */

export interface Stage {
  /** Of the examples that both networks work on. */
  readonly shape: readonly number[];
  /** Examples after which it begins. */
  readonly begins: number;
}

/** One stage for each shape, from the smallest. A network that does not grow has one. */
export const stagesOf = (shapes: readonly (readonly number[])[], growEvery: number): readonly Stage[] =>
  shapes.map((shape, i) => ({ shape, begins: i === 0 ? 0 : (2 * i - 1) * growEvery }));

/** Index of the stage in which a step trains that brings the run to so many `examples`. */
export const stageAt = (stages: readonly Stage[], examples: number): number =>
  stages.findLastIndex(({ begins }) => begins === 0 || examples > begins);

/** Share of the stage in what both networks see, 0 to 1; the rest is the stage before. */
export const fadeAt = ({ begins }: Stage, examples: number, growEvery: number): number =>
  begins === 0 ? 1 : Math.min(1, (examples - begins) / growEvery);

/** Step, from 0, that is the stage's first, with steps of `batch` examples. */
export const firstStep = ({ begins }: Stage, batch: number): number => Math.floor(begins / batch);
