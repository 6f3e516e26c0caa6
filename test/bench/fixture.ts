/**
 * The fixture of a model, made once a benchmark for engines that are not driven from here: initial
 * weights, batches, the noise and dropout of the first steps, and the losses they gave.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HostTensor } from '../../sidecar/engine/engine.ts';
import { encodeSafetensors } from '../../sidecar/runs/safetensors.ts';
import type { Losses } from './models/model.ts';

export interface Fixture {
  readonly model: string;
  readonly title: string;
  readonly batchSize: number;
  readonly latentSize: number;
  readonly images: { readonly size: number; readonly channels: number; readonly classes: number };
  readonly optimizer: { readonly learningRate: number; readonly beta1: number; readonly beta2: number };
  /** Steps whose noise and dropout are in the tensors, as `draws/<step>/<use>` in the order of their use. */
  readonly steps: number;
  /** By batch size, the losses of the first steps. */
  readonly losses: Readonly<Record<number, readonly Losses[]>>;
  /** Floating-point operations of one step's matrix products and convolutions at `batchSize`. */
  readonly operations: number;
}

export const fixtureFile = (folder: string, model: string): string => path.join(folder, `${model}.json`);
const tensorsFile = (folder: string, model: string): string => path.join(folder, `${model}.safetensors`);

/** Writes `<model>.json` and `<model>.safetensors` into `folder`. */
export function writeFixture(folder: string, fixture: Fixture, tensors: Readonly<Record<string, HostTensor>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(tensorsFile(folder, fixture.model), Buffer.concat(encodeSafetensors({ tensors, metadata: {} })));
  writeFileSync(fixtureFile(folder, fixture.model), JSON.stringify(fixture, null, 2));
}

export const readFixture = (folder: string, model: string): Fixture =>
  JSON.parse(readFileSync(fixtureFile(folder, model), 'utf8')) as Fixture;
