/** What is said of every source of data, by its name in the config, in the order in which they are offered. */
import type { SourceAbout } from './about.ts';
import { about as cifar10 } from './cifar/about.ts';
import { about as digits } from './digits/about.ts';
import { about as fashionMnist } from './fashion-mnist/about.ts';
import { about as folder } from './folder/about.ts';
import { about as idx } from './idx/about.ts';
import { about as mnist } from './mnist/about.ts';
import { about as npz } from './numpy/about.ts';
import { about as points } from './points/about.ts';
import { about as stackedMnist } from './stacked-mnist/about.ts';
import { about as table } from './tables/about.ts';
import { about as tar } from './tar/about.ts';
import { about as zip } from './zip/about.ts';

const abouts = {
  digits,
  mnist,
  'fashion-mnist': fashionMnist,
  idx,
  folder,
  tar,
  zip,
  table,
  npz,
  'cifar-10': cifar10,
  'stacked-mnist': stackedMnist,
  points,
} as const satisfies Readonly<Record<string, SourceAbout>>;

export type SourceName = keyof typeof abouts;

export const sourceAbouts: Readonly<Record<SourceName, SourceAbout>> = abouts;

export const sourceNames = Object.keys(abouts) as readonly SourceName[];
