/** Length and grids where the data are drawn on demand, so that an epoch has no end. */
export const endlessDefaults = { steps: 20_000, sampleEvery: 500 } as const;

/** Seconds of training that a crash may cost at the most, however slow the steps are. */
export const CHECKPOINT_SECONDS = 60;
