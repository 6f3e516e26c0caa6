/** A trained classifier on disk, under a name that says what it was trained from. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { writeFileAtomic } from '../../runs/atomic-file.ts';
import { decodeSafetensors, encodeSafetensors } from '../../runs/safetensors.ts';
import { Classifier } from './image-classifier.ts';
import { type ClassifierTraining, type LabelledImages, trainClassifier } from './train-image-classifier.ts';

/** Raised whenever the network or its training changes. */
const VERSION = 1;

/**
 * The classifier that `trainClassifier` gives for these images, from `folder` if it was trained
 * before. `dataset` is for people who look into the folder.
 */
export async function storedClassifier(
  engine: Engine,
  folder: string,
  dataset: string,
  data: LabelledImages,
  training: ClassifierTraining,
): Promise<Classifier> {
  const file = join(folder, `${dataset}-${keyOf(data, training)}.safetensors`);
  const bytes = await readFile(file).catch(() => null);
  if (bytes !== null) {
    const { name, classes, seed } = training;
    const classifier = new Classifier(engine, name, classes, seed);
    classifier.assign(decodeSafetensors(bytes, file).tensors);
    return classifier;
  }
  const classifier = await trainClassifier(engine, data, training);
  await mkdir(dirname(file), { recursive: true });
  const tensors = await classifier.variables.read();
  await writeFileAtomic(file, encodeSafetensors({ tensors, metadata: {} }));
  return classifier;
}

function keyOf({ images, labels }: LabelledImages, { name, classes, images: total, seed }: ClassifierTraining): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ VERSION, name, classes, total, seed }));
  for (const { buffer, byteOffset, byteLength } of [images, labels]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
