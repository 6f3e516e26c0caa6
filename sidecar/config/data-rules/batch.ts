/** Whether there are examples enough for a batch. */
import type { JSONPath } from 'jsonc-parser';
import type { DataFacts } from '../../data/facts.ts';
import { architectures } from '../../models/index.ts';
import { architectureDefaults } from '../defaults.ts';
import type { PartialConfig } from '../partial.ts';
import { type Problem, set } from '../problem.ts';
import { dataPlace, problem } from './places.ts';

const largestPowerOfTwo = (limit: number) => 2 ** Math.floor(Math.log2(limit));

/** One step reads a batch for each update of the discriminator. */
export function batchFits(config: PartialConfig, facts: DataFacts): Problem[] {
  const { model, training, objective } = config;
  if (!model?.architecture) return [];
  const defaults = architectureDefaults[model.architecture];
  const given = training?.batchSize;
  const batchSize = given ?? defaults.training.batchSize;
  const inGame = architectures[model.architecture].about.family === 'adversarial';
  const updates = inGame ? (objective?.discriminatorSteps ?? defaults.objective.discriminatorSteps) : 1;
  if (batchSize * updates <= facts.size) return [];
  const at: JSONPath = ['training', 'batchSize'];
  const whose = given === undefined ? 'The default batch size' : 'The batch size';
  const times = updates === 1 ? '' : `, ${updates} times a step ("discriminatorSteps")`;
  const limit = Math.floor(facts.size / updates);
  const only = `but there are only ${facts.size} ${facts.modality}`;
  if (limit === 0) {
    const steps: JSONPath = ['objective', 'discriminatorSteps'];
    const message = `The discriminator is updated ${updates} times a step, each on a batch of its own, ${only}; update it once`;
    const where = objective?.discriminatorSteps === undefined ? dataPlace(config) : steps;
    return [problem('error', 'training/batch-size', message, where, set(steps, 1))];
  }
  const message = `${whose} is ${batchSize}${times}, ${only}; use at most ${limit}`;
  const place = given === undefined ? dataPlace(config) : at;
  return [problem('error', 'training/batch-size', message, place, set(at, largestPowerOfTwo(limit)))];
}
