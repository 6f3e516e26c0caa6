/** The training loop. Everything it does depends on (variables, step) alone, so a resumed run is the same run. */
import { setImmediate } from 'node:timers/promises';
import type { ResolvedConfig } from '../config/schema.ts';
import { Batches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { objectives } from '../objectives/index.ts';
import type { CheckpointState, RunControl, RunRecorder } from '../runs/recorder.ts';
import { checkpointDue, metricsDue, sampleDue, totalSteps } from './cadence.ts';
import { notFiniteTensor, restoreCheckpoint, takeCheckpoint } from './checkpoint-state.ts';
import { TrainingClock } from './clock.ts';
import { createNetworks, modelShape } from './networks.ts';
import { notFiniteError } from './not-finite.ts';
import { compileSampler } from './sample.ts';
import { compileTrainStep } from './train-step.ts';
import { Variables } from './variables.ts';

export interface TrainOptions {
  readonly config: ResolvedConfig;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly recorder: RunRecorder;
  readonly control: RunControl;
  /** Where to go on; a run begins at step 0 without one. */
  readonly checkpoint?: CheckpointState;
}

/**
 * Trains to the last step, or until a stop is requested; either way the last state is checkpointed.
 * Throws UserError: "training/not-finite" when a number leaves the floating-point range, and where
 * config, dataset and checkpoint do not go together. Dataset and engine stay the caller's to close.
 */
export async function train(options: TrainOptions): Promise<'finished' | 'stopped'> {
  const { config, dataset, engine, recorder, control, checkpoint } = options;
  const { batchSize, seed } = config.training;
  const total = totalSteps(config, dataset.info);
  const shape = modelShape(config, dataset.info);

  const variables = new Variables();
  const batches = new Batches(dataset, batchSize, seed);
  const networks = createNetworks(config, shape, variables);
  const trainStep = compileTrainStep(config, networks, objectives[config.objective.loss], variables, engine);
  const sampler = compileSampler(config, networks, engine);

  try {
    if (checkpoint) restoreCheckpoint(config, variables, checkpoint);
    const clock = new TrainingClock(checkpoint?.seconds ?? 0);
    let step = checkpoint?.step ?? 0;
    let saved = checkpoint?.step ?? null;
    let lastGrid = clock.seconds();
    let lastSave = clock.seconds();
    let lastRow = { step, seconds: clock.seconds() };
    const sample = async () => {
      await recorder.sample(step, await sampler.draw());
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

      const outcome = await trainStep.run(step, await batches.at(step));
      step++;
      if (outcome.notFinite !== null) throw notFiniteError(config, step, outcome.notFinite, saved);

      const seconds = clock.seconds();
      if (metricsDue(config, step, total)) {
        const { generatorLoss, discriminatorLoss, statistics } = outcome;
        const imagesPerSecond = ((step - lastRow.step) * batchSize) / (seconds - lastRow.seconds);
        const images = step * batchSize;
        await recorder.metrics({
          step,
          seconds,
          images,
          generatorLoss,
          discriminatorLoss,
          imagesPerSecond,
          ...statistics,
        });
        lastRow = { step, seconds };
      }
      if (sampleDue(config, dataset.info, step, total, seconds, lastGrid)) await sample();
      if (checkpointDue(config, step, total, seconds, lastSave)) await save();
    }
    return 'finished';
  } finally {
    await batches.close();
    trainStep.dispose();
    sampler.dispose();
    variables.dispose();
  }
}
