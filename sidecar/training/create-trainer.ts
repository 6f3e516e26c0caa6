import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { architectures } from '../models/index.ts';
import type { Variables } from '../sampling/variables.ts';
import { createAdversarialTrainer } from './adversarial/trainer.ts';
import { createAutoregressiveTrainer } from './autoregressive/trainer.ts';
import { totalSteps } from './cadence.ts';
import { modelSpec } from './model-spec.ts';
import { examplesPerStep } from './step-size.ts';
import type { Trainer } from './trainer.ts';
import { createVariationalTrainer } from './variational/trainer.ts';

/**
 * What trains the config's architecture; its variables are added to `variables`, drawn from the seed.
 * @throws UserError "model/…" or "training/…" where config and dataset do not go together.
 */
export function createTrainer(
  config: ResolvedConfig,
  dataset: Pick<Dataset, 'info' | 'read'>,
  variables: Variables,
  engine: Engine,
): Trainer {
  const spec = modelSpec(config, dataset.info);
  const totalExamples = totalSteps(config, dataset.info) * examplesPerStep(config);
  const architecture = architectures[config.model.architecture];
  switch (architecture.family) {
    case 'adversarial':
      return createAdversarialTrainer(config, architecture, spec, dataset, variables, engine, totalExamples);
    case 'variational':
      return createVariationalTrainer(config, architecture, spec, variables, engine, totalExamples);
    case 'autoregressive':
      return createAutoregressiveTrainer(config, architecture, spec, variables, engine, totalExamples);
  }
}
