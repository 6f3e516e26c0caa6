/**
 * Progressive growing (Karras et al. 2018): at which resolution a run trains, as a pure function of
 * the images it has trained on. Each resolution but the first fades in over `growEvery` images and
 * is then trained alone for as many; the first is only trained, the last until the end.
 */

export interface Stage {
  /** Height and width that both networks work at. */
  readonly resolution: number;
  /** Images after which it begins. */
  readonly begins: number;
}

/** One stage for each resolution, from the lowest. A network that does not grow has one. */
export const stagesOf = (resolutions: readonly number[], growEvery: number): readonly Stage[] =>
  resolutions.map((resolution, i) => ({ resolution, begins: i === 0 ? 0 : (2 * i - 1) * growEvery }));

/** Index of the stage in which a step trains that brings the run to `images`. */
export const stageAt = (stages: readonly Stage[], images: number): number =>
  stages.findLastIndex(({ begins }) => begins === 0 || images > begins);

/** Share of the stage's resolution in what both networks see, 0 to 1; the rest is the resolution before. */
export const fadeAt = ({ begins }: Stage, images: number, growEvery: number): number =>
  begins === 0 ? 1 : Math.min(1, (images - begins) / growEvery);

/** Step, from 0, that is the stage's first, with steps of `batch` images. */
export const firstStep = ({ begins }: Stage, batch: number): number => Math.floor(begins / batch);
