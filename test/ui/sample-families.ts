/** Runs of other models than a plain GAN, with the metrics that they have. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun } from '../../webview/messages.ts';
import { BATCH, randomFrom, sampleRun } from './sample-run.ts';

export const vaeRun = (change: Partial<PanelRun> = {}): PanelRun =>
  sampleRun({
    name: 'vae',
    curves: [
      { metric: 'loss', label: 'Loss' },
      { metric: 'reconstruction', label: 'Reconstruction' },
      { metric: 'kl', label: 'KL divergence' },
    ],
    ...change,
  });

export const pixelcnnRun = (): PanelRun =>
  sampleRun({ name: 'pixelcnn', curves: [{ metric: 'bitsPerDimension', label: 'Bits per dimension' }] });

export const criticRun = (): PanelRun =>
  sampleRun({
    name: 'wgan-gp',
    curves: [
      { metric: 'generatorLoss', label: 'Generator' },
      { metric: 'discriminatorLoss', label: 'Critic' },
    ],
  });

/** Rows five steps apart; `metrics` of the step, and noise about 0. */
function rows(
  count: number,
  stall: number,
  metrics: (step: number, noise: () => number) => Record<string, number>,
): MetricsRow[] {
  const random = randomFrom(11);
  const noise = () => random() + random() + random() - 1.5;
  return Array.from({ length: count }, (_, i) => {
    const step = (i + 1) * 5;
    const loop = { step, seconds: step * 0.05, images: step * BATCH, imagesPerSecond: 2560 + noise() * 20, stall };
    return { ...loop, ...metrics(step, noise) };
  });
}

export const vaeMetrics = (count = 400, stall = 0.003): MetricsRow[] =>
  rows(count, stall, (step, noise) => {
    const reconstruction = 78 + 460 * Math.exp(-step / 90) + 22 * Math.exp(-step / 700) + noise() * 2;
    const kl = 24.5 * (1 - Math.exp(-step / 160)) + noise() * 0.4;
    return { loss: reconstruction + kl, reconstruction, kl };
  });

export const pixelcnnMetrics = (): MetricsRow[] =>
  rows(400, 0.001, (step, noise) => {
    const bitsPerDimension = 0.6 + 2.8 * Math.exp(-step / 60) + 0.15 * Math.exp(-step / 900) + noise() * 0.02;
    // Of an image of 28 × 28 values.
    return { bitsPerDimension, nats: bitsPerDimension * 784 * Math.LN2 };
  });

export const criticMetrics = (stall = 0.003): MetricsRow[] =>
  rows(400, stall, (step, noise) => {
    const distance = 2.1 + 9 * Math.exp(-step / 500) * (1 - Math.exp(-step / 30)) + noise() * 0.25;
    const criticFake = -1.4 + 2 * Math.sin(step / 240) + noise() * 0.3;
    const gradientPenalty = 0.021 + 0.5 * Math.exp(-step / 40) + Math.abs(noise()) * 0.006;
    return {
      criticReal: criticFake + distance,
      criticFake,
      wassersteinDistance: distance,
      gradientPenalty,
      classification: 0.34 + 4 * Math.exp(-step / 150) + noise() * 0.02,
      overfitting: 0.58 + noise() * 0.02,
      augmentationProbability: 0.12 + step / 20_000,
      discriminatorLoss: -distance + 10 * gradientPenalty,
      generatorLoss: -criticFake,
    };
  });
