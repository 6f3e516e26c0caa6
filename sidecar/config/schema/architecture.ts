import { architectureNames, architectures } from '../../models/index.ts';
import { choice } from './key.ts';

const texts = Object.fromEntries(
  architectureNames.map((name) => {
    const { summary, details } = architectures[name].about;
    return [name, `${summary} ${details}`];
  }),
) as Record<(typeof architectureNames)[number], string>;

export const ArchitectureSchema = choice(texts, {
  title: 'Architecture',
  description: 'The networks to train.',
  details: 'It also decides the defaults of the other groups.',
});
