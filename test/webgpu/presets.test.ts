/** The first steps of each preset on WebGPU: every operation of every model runs there, with the CPU's numbers. */
import assert from 'node:assert/strict';
import type { Engine } from '../../sidecar/engine/engine.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import { webGpuEngine } from '../engine/webgpu-support.ts';
import { presetNames, trainPreset } from '../training/golden/run.ts';

/** Of which the second comes after an update of every network. */
const STEPS = 2;

/** Both devices add in their own order, which goes through both networks and, once, through Adam. */
const TOLERANCE = 1e-3;

/**
 * Adam's first update is the sign of a gradient, also of one that is zero but for rounding. Where that is many,
 * a change of the weights in their last bit moves the CPU's losses too: so much, several times, is allowed.
 */
const PERTURBATIONS = [1.2e-7, 2.4e-7];
const TIMES = 5;

type Losses = Awaited<ReturnType<typeof trainPreset>>;

/** Largest relative difference of a loss. */
const difference = (actual: Losses, expected: Losses): number =>
  Math.max(
    ...expected.flatMap((losses, step) =>
      Object.entries(losses).map(
        ([metric, loss]) => Math.abs((actual[step]?.[metric] ?? Number.NaN) - loss) / Math.max(1, Math.abs(loss)),
      ),
    ),
  );

describe('presets on WebGPU', () => {
  let gpu: Engine;
  let cpu: Engine;
  before(async function () {
    const opened = await webGpuEngine();
    if (typeof opened === 'string') {
      console.log(`      skipped: ${opened}`);
      return this.skip();
    }
    gpu = opened;
    cpu = await createEngine('cpu');
  });
  after(() => Promise.all([gpu?.dispose(), cpu?.dispose()]));

  for (const preset of presetNames) {
    it(`${preset}: ${STEPS} steps have the CPU’s losses`, async () => {
      const expected = await trainPreset(preset, cpu, STEPS);
      let rounding = 0;
      for (const perturbation of PERTURBATIONS) {
        const changed = await trainPreset(preset, cpu, STEPS, perturbation);
        rounding = Math.max(rounding, difference(changed, expected));
      }
      const found = difference(await trainPreset(preset, gpu, STEPS), expected);
      const allowed = Math.max(TOLERANCE, TIMES * rounding);
      assert.ok(found <= allowed, `a loss differs by ${found} of itself, allowed ${allowed}`);
    });
  }
});
