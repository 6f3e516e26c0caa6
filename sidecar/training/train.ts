/** The training loop. Everything it does depends on (variables, step) alone, so a resumed run is the same run. */
import { setImmediate } from 'node:timers/promises';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import { Batches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { CheckpointState, RunControl, RunRecorder } from '../runs/recorder.ts';
import { Variables } from '../sampling/variables.ts';
import type { Curve } from '../terms/run-record.ts';
import { checkpointDue, metricsDue, sampleDue, totalSteps } from './cadence.ts';
import { notFiniteTensor, restoreCheckpoint, takeCheckpoint } from './checkpoint-state.ts';
import { TrainingClock } from './clock.ts';
import { createTrainer } from './create-trainer.ts';
import { notFiniteError } from './not-finite.ts';
import { previews } from './previews.ts';

export interface TrainOptions {
  readonly config: ResolvedConfig;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly recorder: RunRecorder;
  readonly control: RunControl;
  /** Where to go on; a run begins at step 0 without one. */
  readonly checkpoint?: CheckpointState;
  /** Config, dataset and checkpoint go together; `curves` are the metrics to draw as losses. */
  readonly onReady?: (curves: readonly Curve[]) => Promise<void>;
  /** The first step is done: all that may refuse a run has had its say. */
  readonly onFirstStep?: () => Promise<void>;
}

/**
 * Trains to the last step, or until a stop is requested; either way the last state is checkpointed.
 * @throws UserError: "training/not-finite" when a number leaves the floating-point range, and where
 * config, dataset and checkpoint do not go together. Dataset and engine stay the caller's to close.
 */
export async function train(options: TrainOptions): Promise<'finished' | 'stopped'> {
  const { config, dataset, engine, recorder, control, checkpoint } = options;
  const total = totalSteps(config, dataset.info);
  const variables = new Variables();
  const trainer = createTrainer(config, dataset, variables, engine);
  const { examplesPerStep } = trainer;
  const { request, preview } = previews(config, dataset);
  const batches = new Batches(dataset, examplesPerStep, config.training.seed, config.data);

  try {
    if (checkpoint) restoreCheckpoint(config, variables, checkpoint);
    await options.onReady?.(trainer.curves);
    const clock = new TrainingClock(checkpoint?.seconds ?? 0);
    const first = checkpoint?.step ?? 0;
    let step = first;
    let saved = checkpoint?.step ?? null;
    let lastGrid = clock.seconds();
    let lastSave = clock.seconds();
    let lastRow = { step, seconds: clock.seconds() };
    const sample = async () => {
      await recorder.sample(step, await preview(await trainer.sample(step, request)));
      lastGrid = clock.seconds();
    };
    const save = async () => {
      const state = await takeCheckpoint(config, variables, step, clock.seconds());
      const bad = notFiniteTensor(state);
      if (bad !== null) throw notFiniteError(config, step, bad, saved);
      await recorder.checkpoint(state);
      saved = step;
      lastSave = clock.seconds();
    };

    if (step === 0) await sample();
    while (step < total) {
      // Lets commands be heard where the engine computes on this thread.
      await setImmediate();
      await clock.leaveOut(control.whileResumed());
      if (control.stopRequested) {
        if (step > (saved ?? 0)) await save();
        return 'stopped';
      }

      const { metrics, notFinite } = await trainer.step(step, await batches.at(step));
      step++;
      if (notFinite !== null) throw notFiniteError(config, step, notFinite, saved);
      if (step === first + 1) await options.onFirstStep?.();

      const seconds = clock.seconds();
      if (metricsDue(config, step, total)) {
        const elapsed = seconds - lastRow.seconds;
        const imagesPerSecond = ((step - lastRow.step) * examplesPerStep) / elapsed;
        const stall = Math.min(1, batches.takeWaited() / elapsed);
        const images = step * examplesPerStep;
        await recorder.metrics({ step, seconds, images, imagesPerSecond, stall, ...metrics });
        lastRow = { step, seconds };
      }
      if (sampleDue(config, dataset.info, { step, total, seconds, last: lastGrid })) await sample();
      if (checkpointDue(config, { step, total, seconds, last: lastSave })) await save();
    }
    // A run that was killed after its last checkpoint has no step left.
    if (first >= total) await options.onFirstStep?.();
    return 'finished';
  } finally {
    await batches.close();
    trainer.dispose();
    variables.dispose();
  }
}
