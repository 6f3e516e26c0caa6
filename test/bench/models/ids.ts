/** The models' names, in the order of the report, for where nothing may be computed. */
export const modelIds = [
  'chapter-mlp-conv',
  'chapter-deep',
  'dcgan-28',
  'dcgan-64',
  'residual-r1-r2',
  'dense',
] as const;

export type ModelId = (typeof modelIds)[number];
