/** Matrix products that a training step is bounded by. */

/** Rows × inner length × columns. */
export type MatmulShape = readonly [number, number, number];

export const matmulShapes: readonly MatmulShape[] = [
  [1024, 1024, 1024],
  [2048, 2048, 2048],
  // dcgan at 28×28, batch 128: the generator's first convolution, the discriminator's second and
  // third, and the filter gradient of its second.
  [6272, 6400, 128],
  [6272, 1600, 128],
  [2048, 3200, 256],
  [1600, 6272, 128],
];

/** As the results call it. */
export const shapeName = (shape: MatmulShape): string => shape.join('×');

export const operationsOf = ([rows, inner, columns]: MatmulShape): number => 2 * rows * inner * columns;
