/** The networks' own word, for whatever no rule has a better one for. */
import type { ExampleKind } from '../../models/architecture.ts';
import { architectures, refusalOf } from '../../models/index.ts';
import { specOf } from '../../models/spec.ts';
import type { ExampleFacts } from '../../terms/example.ts';
import { between, refused } from './rule.ts';

/** What stands in for the data: the rules that read them ask about sizes. */
const anyExamples: Readonly<Record<ExampleKind, ExampleFacts>> = {
  images: { shape: [32, 32, 1], sourceShape: [32, 32, 1], classNames: Array.from({ length: 10 }, String) },
  vectors: { shape: [2], sourceShape: [2], classNames: Array.from({ length: 10 }, String) },
};

export const networksFit = between(({ architecture: name, model }) => {
  const architecture = architectures[name];
  const facts = anyExamples[architecture.examples];
  const shape = architecture.nearestExample?.(specOf(model, facts)) ?? facts.shape;
  const reason = refusalOf(name, specOf(model, { ...facts, shape }));
  return reason === null ? [] : [refused('model/refused', reason, ['model', 'architecture'])];
});
