/** Trains two networks against each other, or several generators against one discriminator. */
import type { ResolvedConfig } from '../../config/resolved-config.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Engine } from '../../engine/engine.ts';
import type { AdversarialArchitecture, ModelSpec } from '../../models/architecture.ts';
import { describeModel, type NetworkDescription } from '../../models/describe.ts';
import { stageAt, stagesOf } from '../../models/growth.ts';
import { generatorNames } from '../../models/networks.ts';
import { isCritic } from '../../objectives/abouts.ts';
import { batchInputs } from '../../sampling/batch-inputs.ts';
import { Sampler } from '../../sampling/sampler.ts';
import type { Variables } from '../../sampling/variables.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import { examplesPerStep } from '../step-size.ts';
import type { Trainer } from '../trainer.ts';
import { WeightAverage } from '../update/weight-average.ts';
import { lossesOf } from './losses.ts';
import { ganNetworks } from './networks.ts';
import { type Plan, stepNumbers } from './numbers.ts';
import { Regulation } from './regulation.ts';
import { compileGanStep, type GanStep } from './step.ts';

/** What is compiled for one stage. */
interface StagePrograms {
  readonly index: number;
  readonly step: GanStep;
}

/**
 * Adds the weights of all networks and everything that training remembers to `variables`, drawn from
 * the config's seed. `dataset` gives the examples whose sources previews show, where examples are made from sources.
 * @param totalExamples of the whole run, which schedules are measured by.
 */
export function createAdversarialTrainer(
  config: ResolvedConfig,
  architecture: AdversarialArchitecture,
  spec: ModelSpec,
  dataset: Pick<Dataset, 'info' | 'read'>,
  variables: Variables,
  engine: Engine,
  totalExamples: number,
): Trainer {
  const { seed, batchSize, emaHalfLife, growEvery } = config.training;
  const stages = stagesOf(architecture.stages?.(spec) ?? [spec.stage], growEvery);
  const describe = (stage: readonly number[]) =>
    describeModel(config.model.architecture, { ...spec, stage }, batchSize).networks;
  const whole = describe(spec.stage);
  for (const [name, { weights }] of Object.entries(whole)) variables.addWeights(name, weights, seed);

  const generators = generatorNames(spec);
  const namesOf = (network: string, { weights }: NetworkDescription) => weights.map(({ name }) => `${network}/${name}`);
  const optimizers = {
    discriminator: new Optimizer(config.optimizer.discriminator, variables.trainable('discriminator'), variables),
    generator: new Optimizer(
      config.optimizer.generator,
      generators.flatMap((name) => variables.trainable(name)),
      variables,
    ),
  };
  const averaged = generators.flatMap((name) => namesOf(name, whole[name] as NetworkDescription));
  const average =
    emaHalfLife > 0
      ? new WeightAverage(
          averaged.map((name) => variables.get(name)),
          variables,
        )
      : null;
  const regulation = new Regulation(config, variables);
  const plan: Plan = { config, optimizers, examplesPerStep: examplesPerStep(config), totalExamples };
  const sampler = new Sampler({ config, spec, variables, engine, sources: dataset });

  const compile = (index: number): StagePrograms => {
    const stageSpec = { ...spec, stage: stages[index]?.shape ?? spec.stage };
    const described = describe(stageSpec.stage);
    const current = (network: string) =>
      variables
        .trainable(network)
        .filter(({ name }) => described[network]?.current.has(name.slice(network.length + 1)));
    const networks = ganNetworks(architecture, stageSpec, variables);
    const weights = { discriminator: current('discriminator'), generator: generators.flatMap(current) };
    const losses = lossesOf(config.objective, spec.generators);
    const step = compileGanStep({ config, networks, losses, weights, optimizers, regulation }, average, engine);
    return { index, step };
  };
  let compiled: StagePrograms | null = null;
  const dispose = () => {
    compiled?.step.dispose();
    compiled = null;
  };
  /** The stage after so many images, with its programs; those of another are freed. */
  const at = (images: number) => {
    const index = stageAt(stages, images);
    if (compiled?.index !== index) {
      dispose();
      compiled = compile(index);
    }
    const stage = stages[index] as (typeof stages)[number];
    return { stage, programs: compiled as StagePrograms };
  };

  return {
    curves: [
      { metric: 'generatorLoss', label: 'Generator' },
      { metric: 'discriminatorLoss', label: isCritic(config.objective.loss) ? 'Critic' : 'Discriminator' },
    ],
    examplesPerStep: plan.examplesPerStep,
    step(step, batch) {
      const { stage, programs } = at((step + 1) * plan.examplesPerStep);
      return programs.step.run({ ...batchInputs(batch, spec), ...stepNumbers(plan, stage, step) }, step);
    },
    sample: (step, request) => sampler.preview(request, step * plan.examplesPerStep),
    dispose() {
      dispose();
      sampler.dispose();
    },
  };
}
