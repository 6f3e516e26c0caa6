/** What runs in a worker thread: reads batches while the main thread computes, and decodes images. */
import { createRequire } from 'node:module';
import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import type * as NsbmpLibrary from '@cwasm/nsbmp';
import type SharpLibrary from 'sharp';
import { UserError } from '../../terms/errors.ts';
import { forEachIndex } from '../concurrency.ts';
import { UnreadableImage } from '../image-formats/signature.ts';
import { reasonOf } from '../sources/source.ts';
import { BatchReader } from './batch-reader.ts';
import { createDecoder, type ImageLibraries } from './decode.ts';
import type { DecodedPart, DecodeRule, Failure, Reply, Request, Tasks, WorkerData } from './messages.ts';

const { sharp: sharpFile, nsbmp: nsbmpFile } = workerData as WorkerData;
const port = parentPort!;
const readers = new Map<number, BatchReader>();

/** Decoded at once: libuv runs four by default, and more would only hold memory. */
const decodesAtOnce = 4;

const load = <Library>(file: string) => createRequire(file)(file) as Library;

/** Loaded by the first BMP. */
const decodeBmp: ImageLibraries['decodeBmp'] = (bytes) => load<typeof NsbmpLibrary>(nsbmpFile).decode(bytes);

async function decode({ rule, images }: Tasks['decode']['asks']): Promise<DecodedPart> {
  const libraries: ImageLibraries = { sharp: load<typeof SharpLibrary>(sharpFile), decodeBmp };
  const image = createDecoder(libraries, rule.image, rule.resize);
  const input = rule.input && createDecoder(libraries, rule.input, rule.resize);
  const decoded: Uint8Array[][] = new Array(images.length);
  const failed: { at: number; reason: string }[] = [];
  await forEachIndex(images.length, decodesAtOnce, async (at) => {
    const stored = images[at]!;
    try {
      if (stored.damage !== undefined) throw new UnreadableImage(stored.damage);
      decoded[at] = [await image(stored.image)];
      if (input && stored.input) decoded[at].push(await input(stored.input));
    } catch (error) {
      decoded[at] = [];
      failed.push({ at, reason: reasonOf(error) });
    }
  });
  return { records: joined(decoded, recordBytes(rule)), failed: failed.sort((a, b) => a.at - b.at) };
}

const recordBytes = ({ image, input }: DecodeRule) =>
  image.imageSize ** 2 * image.channels + (input ? input.imageSize ** 2 * input.channels : 0);

function joined(decoded: readonly (readonly Uint8Array[])[], length: number): Uint8Array {
  const parts = decoded.flat();
  const whole = decoded.filter((record) => record.length > 0).length;
  const records = new Uint8Array(whole * length);
  let next = 0;
  for (const part of parts) {
    records.set(part, next);
    next += part.length;
  }
  return records;
}

async function perform(
  request: Request,
): Promise<{ answer: Tasks[Request['task']]['answers']; moved: Transferable[] }> {
  switch (request.task) {
    case 'open':
      readers.set(request.asks.dataset, new BatchReader(request.asks.plan));
      return { answer: null, moved: [] };
    case 'read': {
      const { dataset, indices, keys } = request.asks;
      const answer = readers.get(dataset)!.read(indices, keys);
      const buffers = [answer.images.buffer, answer.inputs?.buffer].filter((buffer) => buffer !== undefined);
      return { answer, moved: buffers as ArrayBuffer[] };
    }
    case 'close':
      readers.delete(request.asks.dataset);
      return { answer: null, moved: [] };
    case 'decode': {
      const answer = await decode(request.asks);
      return { answer, moved: [answer.records.buffer as ArrayBuffer] };
    }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { code: error.code, message: error.message, subject: error.subject };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: null, message };
}

port.on('message', async (request: Request) => {
  const { id } = request;
  try {
    const { answer, moved } = await perform(request);
    port.postMessage({ id, answer } satisfies Reply, moved);
  } catch (error) {
    port.postMessage({ id, failure: failureOf(error) } satisfies Reply);
  }
});
