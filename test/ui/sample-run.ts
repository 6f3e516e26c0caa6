/** A run to show: metrics as a GAN's look. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun } from '../../webview/messages.ts';

export const BATCH = 128;

export function sampleRun(change: Partial<PanelRun> = {}): PanelRun {
  return {
    version: 2,
    name: 'mnist-dcgan',
    configPath: '/projects/mnist/gan.config.json',
    startedAt: '2026-03-02T14:05:00.000Z',
    endedAt: null,
    state: 'running',
    pid: 4711,
    host: 'workstation',
    device: { id: 'cpu', name: 'CPU, 8 threads', engine: 'onnxruntime-node 1.30.0' },
    versions: {},
    step: 0,
    steps: 3000,
    seed: 42,
    dataset: { name: 'mnist', size: 60_000, unit: 'images', shape: [28, 28, 1], classes: 10 },
    samples: { kind: 'grid', columns: [], pitch: 30 },
    curves: [
      { metric: 'generatorLoss', label: 'Generator' },
      { metric: 'discriminatorLoss', label: 'Discriminator' },
    ],
    error: null,
    ...change,
  };
}

/** Triples of 24 pixels. */
export const TRANSLATIONS: NonNullable<PanelRun['samples']> = {
  kind: 'grid',
  columns: ['input', 'generated', 'real'],
  pitch: 30,
};

/** Points in the plane, generated ones over real ones. */
export const SCATTER: NonNullable<PanelRun['samples']> = {
  kind: 'scatter',
  columns: ['generated', 'real'],
  pitch: 0,
  colours: ['#2f8fff', '#8c8c8c'],
};

/** Uniform in [0, 1), the same for the same seed (a multiplicative hash of the counter). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A row of a GAN's metrics. */
export type GanRow = MetricsRow & {
  readonly [name in 'generatorLoss' | 'discriminatorLoss' | 'realScore' | 'fakeScore']: number;
};

/** `count` rows, `every` steps apart, starting after step 0: a noisy start, then a slow contest. */
export function sampleMetrics(count: number, every = 1): GanRow[] {
  const random = randomFrom(7);
  const noise = () => random() + random() + random() - 1.5;
  return Array.from({ length: count }, (_, i) => {
    const step = (i + 1) * every;
    const settled = 1 - Math.exp(-step / 260);
    const swing = Math.sin(step / 310) * 0.09 + Math.sin(step / 97) * 0.04;
    const generatorLoss =
      0.72 + 2.9 * (1 - settled) * Math.abs(Math.cos(step / 40)) + settled * (0.38 + swing) + noise() * 0.09;
    const discriminatorLoss = 1.38 - 0.75 * (1 - settled) - settled * (0.14 + swing * 0.8) + noise() * 0.05;
    return {
      step,
      seconds: step * 0.214,
      images: step * BATCH,
      generatorLoss,
      discriminatorLoss,
      imagesPerSecond: 598 + noise() * 12,
      stall: 0.003 + noise() * 0.001,
      realScore: 0.58 + noise() * 0.02,
      fakeScore: 0.41 + noise() * 0.02,
    };
  });
}
