import type { AugmentationAbout } from '../about.ts';

export const about: AugmentationAbout = {
  text: 'Changes brightness, saturation and contrast. Saturation needs colour.',
  moves: false,
  // Section 4: colour is brightness, saturation and contrast.
  lostOnGrey:
    'Of "color", grey images change in brightness and contrast only: they have no saturation (Zhao et al. 2020)',
};
