import type { AugmentationAbout } from '../about.ts';

export const about: AugmentationAbout = {
  text: 'Covers a square of half the size with mid-grey.',
  moves: false,
  lostOnGrey: null,
};
