import { type LossName, lossAbouts, lossNames } from '../objectives/abouts.ts';
import { choice } from './key.ts';

const texts = Object.fromEntries(
  lossNames.map((name) => {
    const { summary, details } = lossAbouts[name];
    return [name, [summary, details].filter(Boolean).join(' ')];
  }),
) as Record<LossName, string>;

export const loss = choice(texts, {
  title: 'Loss',
  description: 'How the networks are scored.',
  details: 'Computed from logits: the discriminator’s last layer has no sigmoid.',
  usual: 'non-saturating',
});
