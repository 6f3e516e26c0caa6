import assert from 'node:assert/strict';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import type { ScheduleConfig } from '../../sidecar/config/resolved-config.ts';
import { progressAt } from '../../sidecar/training/update/progress.ts';
import { averageDecay, burnInShare, plannedNumbers, scheduleFactor } from '../../sidecar/training/update/schedules.ts';
import { close } from './fixtures.ts';

const schedule: ScheduleConfig = { kind: 'constant', warmupImages: 0, everyImages: 100, factor: 0.5 };
const total = 1000;
/** An update too small to tell its beginning from its end. */
const at = (images: number) => ({ before: images, after: images, total });
const noBurnIn = { images: 0, learningRate: 1, penalty: 1, beta2: 0.9 };

describe('schedules', () => {
  for (const [name, change, factors] of [
    ['constant', {}, { 0: 1, 500: 1, 1000: 1 }],
    ['step', { kind: 'step' }, { 0: 1, 99: 1, 100: 0.5, 199: 0.5, 200: 0.25, 1000: 2 ** -10 }],
    ['exponential', { kind: 'exponential' }, { 0: 1, 50: Math.SQRT1_2, 100: 0.5, 300: 0.125 }],
    ['cosine', { kind: 'cosine' }, { 0: 1, 250: (1 + Math.SQRT1_2) / 2, 500: 0.5, 1000: 0, 2000: 0 }],
    ['warm-up', { warmupImages: 200 }, { 0: 0, 50: 0.25, 200: 1, 900: 1 }],
    ['warm-up and step', { kind: 'step', warmupImages: 200 }, { 50: 0.25, 100: 0.25, 200: 0.25 }],
  ] as const) {
    it(name, () => {
      for (const [images, factor] of Object.entries(factors)) {
        close(scheduleFactor({ ...schedule, ...change }, at(Number(images))), factor, 1e-12);
      }
    });
  }

  for (const kind of ['constant', 'step', 'exponential', 'cosine'] as const) {
    it(`${kind}: every update of a run learns, the first of a warm-up and the last of the plan too`, () => {
      const plan = { ...schedule, kind, warmupImages: 200 };
      const factors = Array.from({ length: 20 }, (_, step) => scheduleFactor(plan, progressAt(step, 50, total)));
      close(factors[0] as number, 0.25, 1e-12);
      assert.ok(factors.every((factor) => factor > 0 && factor <= 1));
      // The warm-up is over with the update that brings the run to its length.
      const whole = scheduleFactor({ ...plan, warmupImages: 0 }, progressAt(3, 50, total));
      close(factors[3] as number, whole, 1e-12);
      close(scheduleFactor({ ...plan, warmupImages: 0 }, progressAt(0, 50, total)), 1, 1e-12);
    });
  }

  it('burn-in: half a cosine for learning rate, penalties and β₂ of both networks', () => {
    const { optimizer, training } = architectureDefaults.r3gan;
    const burnIn = { images: 400, learningRate: 4, penalty: 10, beta2: 0.9 };
    const planned = (images: number) =>
      plannedNumbers({ optimizer, training: { ...training, seed: 0, schedule, burnIn } }, at(images));
    assert.deepEqual(
      [0, 100, 200, 400, 900].map((images) => Math.round(1e6 * burnInShare(burnIn, images)) / 1e6),
      [0, 0.146447, 0.5, 1, 1],
    );
    const { learningRate, beta2 } = optimizer.generator;
    close(planned(0).learningRate.generator, 4 * learningRate, 1e-12);
    close(planned(200).learningRate.discriminator, 2.5 * learningRate, 1e-12);
    close(planned(400).learningRate.generator, learningRate, 1e-12);
    close(planned(200).penalty, 5.5, 1e-12);
    close(planned(400).penalty, 1, 1e-12);
    close(planned(0).beta2.generator, 0.9, 1e-12);
    close(planned(200).beta2.discriminator, (0.9 + beta2) / 2, 1e-12);
    close(planned(9999).beta2.generator, beta2, 1e-12);
  });

  it('average: what is a half-life old counts half', () => {
    const training = { emaHalfLife: 1000, burnIn: noBurnIn };
    let past = 1;
    for (let images = 100_050; images <= 101_000; images += 50)
      past *= averageDecay(training, { before: images - 50, after: images, total });
    close(past, 0.5, 1e-12);
    assert.equal(averageDecay({ ...training, emaHalfLife: 0 }, { before: 5000 - 50, after: 5000, total }), 0);
    // In the beginning, half of the images so far.
    close(averageDecay(training, { before: 400 - 50, after: 400, total }), 0.5 ** (50 / 200), 1e-12);
  });

  it('average: its half-life grows from 0 in a burn-in', () => {
    const training = { emaHalfLife: 1000, burnIn: { ...noBurnIn, images: 8000 } };
    close(averageDecay(training, { before: 4000 - 50, after: 4000, total }), 0.5 ** (50 / 500), 1e-12);
    close(averageDecay(training, { before: 8000 - 50, after: 8000, total }), 0.5 ** (50 / 1000), 1e-12);
  });
});
