import type { AugmentationAbout } from '../about.ts';

export const about: AugmentationAbout = {
  text: 'Moves the image by up to an eighth of its size; what comes in is mid-grey.',
  moves: true,
  lostOnGrey: null,
};
