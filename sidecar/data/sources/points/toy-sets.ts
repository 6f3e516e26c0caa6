/**
 * The toy sets on which generative models are compared by eye, drawn by the program. Point i of a set is
 * always the same, and of class i mod the number of classes.
 */
import type { ToySetName } from '../../../keys/options.ts';
import { hash } from '../../permutation.ts';

export interface ToySet {
  readonly title: string;
  /** What −1 and 1 stand for in x and in y: the set with some room around it, in equal proportions. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  /** In label order; null where the set has no parts. */
  readonly classNames: readonly string[] | null;
  /** Point `index`, in the set's own numbers. */
  point(index: number): readonly [x: number, y: number];
}

const square = (half: number, x = 0, y = 0) =>
  [
    [x - half, x + half],
    [y - half, y + half],
  ] as const;

const names = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i));

/** Metz et al. 2017, "Unrolled Generative Adversarial Networks", section 3.3: radius 2, deviation 0.02. */
const RING = { modes: 8, radius: 2, deviation: 0.02 } as const;

/** Srivastava et al. 2017, "VEEGAN", section 5.1: 5 × 5 modes two apart, deviation 0.05. */
const GRID = { side: 5, apart: 2, deviation: 0.05 } as const;

/** As scikit-learn's make_moons and make_swiss_roll (without its depth) draw them. */
const MOONS = { deviation: 0.05 } as const;
const ROLL = { deviation: 0.25 } as const;

export const toySets: Readonly<Record<ToySetName, ToySet>> = {
  ring: {
    title: 'Ring of 8 Gaussians',
    ranges: square(2.5),
    classNames: names(RING.modes, (i) => `${(360 * i) / RING.modes}°`),
    point(index) {
      const angle = (2 * Math.PI * (index % RING.modes)) / RING.modes;
      return around(index, RING.radius * Math.cos(angle), RING.radius * Math.sin(angle), RING.deviation);
    },
  },
  grid: {
    title: 'Grid of 25 Gaussians',
    ranges: square(5),
    classNames: names(GRID.side ** 2, (i) => gridMode(i).join(', ')),
    point(index) {
      const [x, y] = gridMode(index);
      return around(index, x, y, GRID.deviation);
    },
  },
  moons: {
    title: 'Two moons',
    ranges: square(1.75, 0.5, 0.25),
    classNames: ['upper', 'lower'],
    point(index) {
      const angle = Math.PI * uniform(index, 0);
      return index % 2 === 0
        ? around(index, Math.cos(angle), Math.sin(angle), MOONS.deviation)
        : around(index, 1 - Math.cos(angle), 0.5 - Math.sin(angle), MOONS.deviation);
    },
  },
  'swiss-roll': {
    title: 'Swiss roll',
    ranges: square(16),
    classNames: null,
    point(index) {
      const turn = 1.5 * Math.PI * (1 + 2 * uniform(index, 0));
      return around(index, turn * Math.cos(turn), turn * Math.sin(turn), ROLL.deviation);
    },
  },
};

/** The centre of mode `index` mod 25, row by row from below. */
function gridMode(index: number): readonly [number, number] {
  const at = index % GRID.side ** 2;
  const middle = (GRID.side - 1) / 2;
  return [GRID.apart * ((at % GRID.side) - middle), GRID.apart * (Math.floor(at / GRID.side) - middle)];
}

/** Normally distributed about a place (Box and Muller 1958). */
function around(index: number, x: number, y: number, deviation: number): readonly [number, number] {
  const radius = deviation * Math.sqrt(-2 * Math.log(1 - uniform(index, 1)));
  const angle = 2 * Math.PI * uniform(index, 2);
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
}

/** In [0, 1), for each use another. */
const uniform = (index: number, use: number): number => hash(index >>> 0, Math.floor(index / 2 ** 32), use) / 2 ** 32;
