/** Opens a dataset in a process of its own: sends its first pixels, or with "stop" a word once decoding has begun. */
import { openDataset } from '../../../sidecar/data/open.ts';
import { imagesOf, range, toByte } from './fixtures.ts';

const [config = '', mode] = process.argv.slice(2);
let told = false;

async function main(): Promise<void> {
  const dataset = await openDataset(JSON.parse(config), {
    progress: (_, __, what) => {
      if (mode !== 'stop' || told || !what.startsWith('Decoding')) return;
      told = true;
      process.send?.('decoding');
      // Nothing more is done until the end comes from outside.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  });
  const { images } = await imagesOf(dataset.read(range(dataset.info.size)));
  const pixels = images.length / dataset.info.size;
  process.send?.(range(dataset.info.size).map((i) => toByte(images[i * pixels]!)));
  process.disconnect?.();
}

void main();
