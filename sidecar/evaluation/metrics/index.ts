/** Every metric: adding one is its file and a line here. */
import type { Metric } from '../metric.ts';
import { classAccuracy } from './class-accuracy.ts';
import { classDivergence } from './class-divergence.ts';
import { classVariation } from './class-variation.ts';
import { closestPair } from './closest-pair.ts';
import { coverage } from './coverage.ts';
import { density } from './density.ts';
import { frechetDistance } from './frechet-distance.ts';
import { kernelDistance } from './kernel-distance.ts';
import { logLikelihood } from './log-likelihood.ts';
import { modesFound } from './modes-found.ts';
import { nearestTraining } from './nearest-training.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';
import { syntheticToReal } from './synthetic-to-real.ts';

export const metrics: readonly Metric[] = [
  frechetDistance,
  kernelDistance,
  precision,
  recall,
  density,
  coverage,
  classAccuracy,
  classVariation,
  classDivergence,
  modesFound,
  syntheticToReal,
  closestPair,
  nearestTraining,
  logLikelihood,
];
