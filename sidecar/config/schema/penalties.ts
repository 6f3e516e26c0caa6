import { Type } from 'typebox';
import { numberStop } from '../../terms/snippet.ts';
import type { PenaltyConfig } from '../resolved-config.ts';
import { group, number } from './key.ts';

const penalty = (name: keyof PenaltyConfig, title: string, description: string, details: string, examples: number[]) =>
  Type.Optional(
    number(
      {
        title,
        description,
        details: `${details} 0 is off.`,
        architectureDefault: (defaults) => defaults.objective.penalties[name],
        usedBy: 'objective.penalties',
        examples,
      },
      { minimum: 0, maximum: 1_000_000 },
    ),
  );

export const PenaltiesSchema = Type.Object(
  {
    gradient: penalty(
      'gradient',
      'Gradient penalty',
      'Weight λ of the penalty that keeps the critic’s slope near 1 between real and generated images.',
      'WGAN-GP ([Gulrajani et al. 2017](https://arxiv.org/abs/1704.00028)): λ · (‖∇D(x̂)‖ − 1)².',
      [10],
    ),
    r1: penalty(
      'r1',
      'R1',
      'Weight γ of the penalty on the discriminator’s slope at real images.',
      '[Mescheder et al. 2018](https://arxiv.org/abs/1801.04406): γ/2 · ‖∇D(x)‖². Makes training converge near the solution.',
      [0.1, 1, 10],
    ),
    r2: penalty(
      'r2',
      'R2',
      'Weight γ of the penalty on the discriminator’s slope at generated images.',
      '[Mescheder et al. 2018](https://arxiv.org/abs/1801.04406): as R1, at G(z). R3GAN uses both.',
      [0.1, 1, 10],
    ),
    dragan: penalty(
      'dragan',
      'DRAGAN',
      'Weight λ of the penalty that keeps the discriminator’s slope near 1 around real images.',
      '[Kodali et al. 2017](https://arxiv.org/abs/1705.07215): as the gradient penalty, at real images with noise.',
      [10],
    ),
    lecam: penalty(
      'lecam',
      'LeCam',
      'Weight λ of the penalty on logits that stray from their running means.',
      '[Tseng et al. 2021](https://arxiv.org/abs/2104.03310): for few training images.',
      [0.01, 0.1, 0.3],
    ),
  },
  group({ title: 'Penalties', description: 'Regularisers of the discriminator, each with its weight.' }, [
    { label: 'WGAN-GP', description: 'Gradient penalty of weight 10', body: { gradient: numberStop(1, 10) } },
    {
      label: 'R1 and R2',
      description: 'Zero-centred penalties at real and generated images',
      body: { r1: numberStop(1, 1), r2: numberStop(2, 1) },
    },
  ]),
);
