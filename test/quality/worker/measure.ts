/** Trains a preset, generates, judges, and writes the result and a picture. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResolvedConfig } from '../../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../../sidecar/data/dataset.ts';
import { openDataset } from '../../../sidecar/data/open.ts';
import type { Engine } from '../../../sidecar/engine/engine.ts';
import { createEngine } from '../../../sidecar/engine/index.ts';
import type { GeneratedImages } from '../../../sidecar/evaluation/features/image-set.ts';
import { judgeByClassifier } from '../../../sidecar/evaluation/judging/by-classifier.ts';
import { judgeByModes } from '../../../sidecar/evaluation/judging/by-modes.ts';
import { judgeByResemblance } from '../../../sidecar/evaluation/judging/by-resemblance.ts';
import type { Metrics } from '../../../sidecar/evaluation/report/judgements.ts';
import { CONFIG_FILE } from '../../../sidecar/runs/layout.ts';
import { describeMachine } from '../../bench/machine.ts';
import { presetOf, type QualityPreset } from '../presets.ts';
import type { QualityResult } from '../results.ts';
import type { Task } from '../task.ts';
import { generate } from './generate.ts';
import { drawPicture } from './picture.ts';
import { isThere, readTraining, trainPreset } from './train-preset.ts';

/**
 * The result is also written to `<out>/<preset>.json`.
 * @param onResult gets what there is once training is over, and again with what the samples are worth
 * @throws UserError where the data are missing, and Error where training did not begin
 */
export async function measurePreset(
  task: Task,
  onResult: (soFar: QualityResult) => void | Promise<void> = () => {},
): Promise<QualityResult> {
  await mkdir(task.out, { recursive: true });
  const preset = presetOf(task.preset);
  const samples = task.samples ?? preset.samples;
  const name = task.seed === 0 ? preset.id : `${preset.id}.seed-${task.seed}`;
  const runDirectory = path.resolve(task.out, 'runs', name);
  const overrides = [
    ...preset.overrides,
    ...(task.steps === null ? [] : [`training.steps=${task.steps}`]),
    ...task.overrides,
  ];
  if (!task.again || !(await isThere(runDirectory))) {
    const configFile = path.join('examples', preset.id, 'gan.config.json');
    const all = [...preset.data(task.data), `training.seed=${task.seed}`, ...overrides];
    await trainPreset(configFile, all, runDirectory, task.minutes);
  }
  const { record, facts } = await readTraining(runDirectory);
  if (record.device === null) throw new Error(record.error?.message ?? 'training did not begin');
  console.log(`  ${facts.end} at step ${facts.steps} after ${facts.minutes.toFixed(1)} minutes ${facts.error ?? ''}`);
  const config = JSON.parse(await readFile(path.join(runDirectory, CONFIG_FILE), 'utf8')) as ResolvedConfig;

  const trained: QualityResult = {
    preset: preset.id,
    dataset: preset.dataset,
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    device: record.device,
    seed: task.seed,
    budgetMinutes: task.minutes,
    overrides,
    training: facts,
    metrics: null,
  };
  await onResult(trained);

  let metrics: Metrics | null = null;
  if (facts.end !== 'failed') {
    const engine = await createEngine(record.device.id);
    // Of its own where one is asked for, so that a device that computes wrongly does not judge itself.
    const judge = task.judgeOn === null ? engine : await createEngine(task.judgeOn);
    const dataset = await openDataset(config.data, { inputs: config.model.architecture === 'image-to-image' });
    try {
      console.log(`  generating ${samples} images …`);
      const images = await generate(runDirectory, config, dataset, engine, samples);
      await writeFile(path.join(task.out, `${name}.png`), await drawPicture(images));
      metrics = await judged(task, preset, config, images, dataset, judge);
    } finally {
      await dataset.close();
      await engine.dispose();
      if (judge !== engine) await judge.dispose();
    }
  }
  const result = { ...trained, metrics };
  const file = path.join(task.out, `${name}.json`);
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`  ${file}`);
  await onResult(result);
  return result;
}

async function judged(
  { data, out, samples, judgeLearns }: Task,
  { judging, samples: usual }: QualityPreset,
  config: ResolvedConfig,
  images: GeneratedImages,
  dataset: Dataset,
  engine: Engine,
): Promise<Metrics> {
  const all = async (count: number): Promise<GeneratedImages> => {
    const { examples } = await dataset.read(Array.from({ length: count }, (_, i) => i));
    const [size = 0, , channels = 0] = dataset.info.shape;
    return { pixels: examples.data as Float32Array, size, channels, labels: null };
  };
  if (judging.by === 'resemblance') return judgeByResemblance(images, await all(dataset.info.size));
  const { family } = judging;
  const log = (line: string) => console.log(`  ${line}`);
  const options = { engine, family, data, cache: path.join(out, 'classifiers'), dataConfig: config.data, log };
  const judge = judgeLearns === null ? options : { ...options, learned: judgeLearns };
  return judging.by === 'classifier'
    ? judgeByClassifier(images, judge)
    : judgeByModes(images, await all(samples ?? usual), judge);
}
