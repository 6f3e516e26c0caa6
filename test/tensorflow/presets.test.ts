/**
 * The first 20 steps of each preset, on TensorFlow and on ONNX Runtime.
 *
 * Each step starts on TensorFlow from the variables that ONNX Runtime had. Two runs left to
 * themselves part after some steps, on any two engines: where a ReLU's input is zero but for
 * rounding, one takes it as positive and the other as not, and Adam divides every change of a
 * gradient by the gradient's size. Such a step shows here too, as a kink, and must stay an exception.
 */
import assert from 'node:assert/strict';
import { resolveConfig } from '../../sidecar/config/resolve.ts';
import type { ArchitectureName } from '../../sidecar/config/resolved-config.ts';
import { Batches } from '../../sidecar/data/batches.ts';
import { openDataset } from '../../sidecar/data/open.ts';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { createTrainer } from '../../sidecar/training/create-trainer.ts';
import type { StepOutcome } from '../../sidecar/training/update/outcome.ts';
import { close } from '../training/fixtures.ts';
import { onnxEngine, tensorflowEngine } from './engines.ts';

const STEPS = 20;

/** Sums of n float32 products round by about √n · 6e-8 of their size, in ten layers one after the other. */
const LOSS_TOLERANCE = 2e-6;

/** The same through both networks and back: the difference's root mean square, relative to the moment's. */
const MOMENT_TOLERANCE = 2e-5;

/** With one of thousands of units taken the other way, and the discriminator updated by that. */
const KINK_LOSS_TOLERANCE = 1e-3;
const KINK_MOMENT_TOLERANCE = 5e-2;
const MOST_KINKS = STEPS / 4;

type State = Record<string, HostTensor>;

interface Step {
  readonly outcome: StepOutcome;
  /** Every variable after the step. */
  readonly after: State;
}

/** The preset with its defaults, in small batches of the digits that the program draws. */
const configOf = (architecture: ArchitectureName) =>
  resolveConfig(
    { model: { architecture }, data: { source: 'digits' }, training: { batchSize: 4, seed: 11 } },
    'preset.gan.json',
  );

/** Runs all steps; step i starts from `starts[i]` where it is given. Closes the engine. */
async function run(architecture: ArchitectureName, engine: Engine, starts?: readonly State[]): Promise<Step[]> {
  const config = configOf(architecture);
  const dataset = await openDataset(config.data);
  const batches = new Batches(dataset, config.training.batchSize, config.training.seed);
  const variables = new Variables();
  const trainer = createTrainer(config, dataset, variables, engine);
  try {
    const steps: Step[] = [];
    for (let step = 0; step < STEPS; step++) {
      const start = step === 0 ? undefined : starts?.[step - 1];
      if (start !== undefined) variables.assign(start);
      steps.push({ outcome: await trainer.step(step, await batches.at(step)), after: await variables.read() });
    }
    return steps;
  } finally {
    await batches.close();
    await dataset.close();
    trainer.dispose();
    variables.dispose();
    await engine.dispose();
  }
}

/** Largest difference of a first moment, which is the mean of the gradients so far. */
function momentDifference(actual: State, expected: State): number {
  const differences = Object.entries(expected)
    .filter(([name]) => /kernel\/m$/.test(name))
    .map(([name, { data }]) => {
      const other = actual[name]!.data;
      let [difference, size] = [0, 0];
      for (const [i, x] of data.entries()) {
        difference += (other[i]! - x) ** 2;
        size += x ** 2;
      }
      return Math.sqrt(difference / size);
    });
  assert.ok(differences.length > 0);
  return Math.max(...differences);
}

const lossOf = ({ metrics }: StepOutcome, name: string): number => metrics[name] ?? Number.NaN;

const relative = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe('presets on TensorFlow', () => {
  for (const architecture of ['chapter-mlp-conv', 'chapter-deep', 'dcgan'] as const) {
    it(`${architecture}: ${STEPS} steps have the losses and gradients that they have on ONNX Runtime`, async () => {
      const expected = await run(architecture, await onnxEngine());
      const starts = expected.map(({ after }) => after);
      const actual = await run(architecture, await tensorflowEngine(), starts);

      let kinks = 0;
      for (const [step, { outcome, after }] of actual.entries()) {
        const reference = expected[step]!;
        const moments = momentDifference(after, reference.after);
        const loss = relative(lossOf(outcome, 'generatorLoss'), lossOf(reference.outcome, 'generatorLoss'));
        // The discriminator's loss is that of the state both started from; the generator's comes after an update.
        close(lossOf(outcome, 'discriminatorLoss'), lossOf(reference.outcome, 'discriminatorLoss'), LOSS_TOLERANCE);
        assert.ok(loss <= KINK_LOSS_TOLERANCE, `step ${step}: the generator's loss differs by ${loss}`);
        assert.ok(moments <= KINK_MOMENT_TOLERANCE, `step ${step}: gradients differ by ${moments}`);
        if (loss > LOSS_TOLERANCE || moments > MOMENT_TOLERANCE) kinks += 1;
      }
      assert.ok(kinks <= MOST_KINKS, `${kinks} of ${STEPS} steps differ by more than rounding`);
    });
  }
});
