/** What is said of every operation of augmentation, by its name in the config, in the order in which they are offered. */
import type { AugmentationAbout } from './about.ts';
import { about as color } from './color/about.ts';
import { about as cutout } from './cutout/about.ts';
import { about as translation } from './translation/about.ts';

const abouts = { translation, cutout, color } as const satisfies Readonly<Record<string, AugmentationAbout>>;

export type AugmentationOperation = keyof typeof abouts;

export const augmentationAbouts: Readonly<Record<AugmentationOperation, AugmentationAbout>> = abouts;

export const augmentationNames = Object.keys(abouts) as readonly AugmentationOperation[];
