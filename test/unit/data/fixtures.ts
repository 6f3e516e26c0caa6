/** Small datasets on disk and the checks that several data tests share. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import sharp from 'sharp';
import type { Batch } from '../../../sidecar/data/dataset.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';

/** The reason why a file of any other content is skipped. */
export const noImage = 'not a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF image';

/** Small inputs kept beside the tests: each picture is red, green, blue and white from the top left on. */
export const casePath = (name: string): string => resolve('test', 'unit', 'data', 'cases', name);

/** Skips the test with a message where the machine has no shared data. */
export const sharedData = (test: Mocha.Context, name: string): string => shared(test, 'data', name);

/** The same for inputs that were once read wrongly; each picture as in `casePath`. */
export const sharedCase = (test: Mocha.Context, name: string): string => shared(test, 'cases', name);

function shared(test: Mocha.Context, folder: string, name: string): string {
  const path = resolve('..', 'shared', folder, name);
  if (!existsSync(path)) {
    console.log(`      ${path} is absent: skipped`);
    test.skip();
  }
  return path;
}

/** A temp folder of its own for each test of the suite; the dataset cache is a folder inside it. */
export function temporaryFolder(): { readonly path: string } {
  const state = { path: '' };
  const before = process.env.GAN_DATASETS_DIR;
  beforeEach(async () => {
    state.path = await mkdtemp(join(tmpdir(), 'gan-data-'));
    process.env.GAN_DATASETS_DIR = join(state.path, 'cache');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.GAN_DATASETS_DIR;
    else process.env.GAN_DATASETS_DIR = before;
    await rm(state.path, { recursive: true, force: true });
  });
  return state;
}

export function dataConfig(config: Partial<DataConfig> & Pick<DataConfig, 'source'>): DataConfig {
  return {
    path: null,
    labels: null,
    columns: { image: null, label: null },
    pixelRange: null,
    imageSize: null,
    channels: null,
    resize: 'crop',
    input: 'edges',
    inputPath: null,
    augment: { flip: false, shift: 0 },
    points: 'ring',
    balanceClasses: false,
    ...config,
  };
}

/** A UserError of this code, on one line, that mentions every part. */
export async function rejectsWith(code: string, work: Promise<unknown>, ...parts: readonly string[]): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof UserError, `not a UserError: ${error}`);
    assert.equal(error.code, code, error.message);
    assert.ok(!error.message.includes('\n'), `more than one line: ${error.message}`);
    for (const part of parts) assert.ok(error.message.includes(part), `${error.message} lacks ${part}`);
    return true;
  });
}

export function idxBytes(magic: number, dimensions: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt32BE(magic, 0);
  dimensions.forEach((length, i) => {
    header.writeUInt32BE(length, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}

/** Image i is filled with the value i. */
export function idxImages(count: number, height: number, width: number): Buffer {
  const values = Uint8Array.from({ length: count * height * width }, (_, i) => Math.floor(i / (height * width)));
  return idxBytes(2051, [count, height, width], values);
}

export const idxLabels = (labels: readonly number[]): Buffer =>
  idxBytes(2049, [labels.length], Uint8Array.from(labels));

export async function write(path: string, bytes: Uint8Array | string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

/** An image file of one colour (1 grey, 3 RGB or 4 RGBA numbers); its format follows from the name. */
export async function writeImage(
  path: string,
  width: number,
  height: number,
  colour: readonly number[],
): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const channels = colour.length as 1 | 3 | 4;
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => colour[i % channels]!);
  const image = sharp(pixels, { raw: { width, height, channels } });
  await (channels === 1 ? image.toColourspace('b-w') : image).toFile(path);
  return path;
}

/** Pixels and inputs of a batch of images. */
export async function imagesOf(reading: Promise<Batch>) {
  const { examples, sources, labels } = await reading;
  return { images: examples.data as Float32Array, inputs: sources && (sources.data as Float32Array), labels };
}

/** The byte a float in [-1, 1] came from. */
export const toByte = (value: number): number => Math.round((value + 1) * 127.5);

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
