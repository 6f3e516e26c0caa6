import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { inspectData } from '../../../sidecar/data/inspect.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { DataConfig } from '../../../sidecar/data/shape.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { casePath, dataConfig, range, temporaryFolder, write } from './fixtures.ts';
import { bytesOf, npy, npz } from './numpy-files.ts';

/** Numbers of 0 to `below` − 1 that depend on the seed alone (Park and Miller 1988). */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** A few bytes changed, a piece taken out or the end cut off. */
function mutated(bytes: Buffer, draw: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const [kind, at] = [draw(4), draw(bytes.length)];
  if (kind === 0) return copy.subarray(0, at);
  if (kind === 1) return Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + draw(64))]);
  for (let changes = 0; changes <= draw(8); changes++) copy[draw(copy.length)] = draw(256);
  return copy;
}

/** Whatever is wrong with files, a person is told in one line. */
const endsWell = async (work: Promise<unknown>, what: string) => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof UserError, `${what}: ${error instanceof Error ? error.stack : error}`);
    assert.doesNotMatch(error.message, /\p{Cc}/u, what);
  }
};

const rounds = 200;

const floats = bytesOf(Float32Array.from({ length: 256 }, (_, i) => i / 255));
const texts = Buffer.from('cat\0dog\0cat\0dog\0'.replaceAll(/./gs, '$&\0\0\0').slice(0, 48));
const ones = Uint8Array.from({ length: 16 }, (_, i) => (i + 1) % 2);
const lines = range(5)
  .map((row) => ['label', ...range(64)].map((name, i) => (row === 0 ? `p${name}` : String((row * i) % 256))).join(','))
  .join('\n');
const columns = new Uint8Array(
  parquetWriteBuffer({
    columnData: range(65).map((i) => ({ name: `p${i}`, type: 'INT32' as const, data: range(4).map((row) => row * i) })),
    rowGroupSize: 2,
  }),
);

describe('Files with random damage end in images or one line', () => {
  const folder = temporaryFolder();

  for (const source of ['zip', 'tar'] as const) {
    it(`${source} archives`, async () => {
      const whole = await readFile(casePath(source === 'zip' ? 'stylegan-dataset.zip' : 'webdataset.tar'));
      for (const seed of range(400).map((i) => i + 1)) {
        const path = await write(join(folder.path, 'archive'), mutated(whole, drawing(seed)));
        const config: DataConfig = dataConfig({ source, path, imageSize: 16 });
        await endsWell(inspectData(config), `${source}, seed ${seed}`);
        if (seed % 10 === 0) await endsWell(openDataset(config), `${source}, seed ${seed}, opened`);
      }
    });
  }

  const numbers: Readonly<Record<string, [DataConfig['source'], string, Uint8Array]>> = {
    'arrays in a zip': ['npz', 'x.npz', npz({ x: npy('<f4', [4, 8, 8], floats), y: npy('<U3', [4], texts) }, true)],
    'stored arrays': [
      'npz',
      'x.npz',
      npz({ x: npy('>f2', [8, 8, 8], floats, true), y: npy('|u1', [8, 2], ones) }, false),
    ],
    'one array': ['npz', 'x.npy', npy('<i8', [2, 64], floats)],
    'lines of pixels': ['table', 'x.csv', Buffer.from(lines)],
    'quoted lines of pixels': ['table', 'x.csv', Buffer.from(lines.replaceAll(/\d+/g, '"$&"'))],
    'columns of pixels': ['table', 'x.parquet', columns],
  };
  for (const [what, [source, name, whole]] of Object.entries(numbers)) {
    it(what, async () => {
      for (const seed of range(rounds).map((i) => i + 1)) {
        const path = await write(join(folder.path, name), mutated(Buffer.from(whole), drawing(seed)));
        const config: DataConfig = dataConfig({ source, path, imageSize: 16 });
        await endsWell(inspectData(config), `${what}, seed ${seed}`);
        if (seed % 10 === 0) await endsWell(openDataset(config), `${what}, seed ${seed}, opened`);
      }
    });
  }

  it('images of every format', async () => {
    const images = join(folder.path, 'images');
    const names = ['A.JPG', 'b.jpeg', 'c.jpg', 'e.bmp', 'f.tiff', 'g.gif', 'i.jfif', 'noext'];
    for (const round of range(3)) {
      await rm(images, { recursive: true, force: true });
      await cp(casePath('formats'), images, { recursive: true });
      for (const name of names) {
        const whole = await readFile(casePath(join('formats', name)));
        for (const seed of range(10).map((i) => 1 + i + 10 * round)) {
          await write(join(images, `${seed}-${name}`), mutated(whole, drawing(seed)));
        }
      }
      const config = dataConfig({ source: 'folder', path: images, imageSize: 16 });
      await endsWell(inspectData(config), `round ${round}`);
      await endsWell(openDataset(config), `round ${round}, opened`);
    }
  });
});
