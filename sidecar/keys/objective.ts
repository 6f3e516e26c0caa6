import { lossAbouts, penaltyAbouts } from '../objectives/abouts.ts';
import { choice, group, integer, number } from './key.ts';
import { loss } from './loss.ts';
import { penalties } from './penalties.ts';
import { adversaries, adversariesOfLatents, translations, variational } from './users.ts';

/** The objectives of the literature, whole. */
const snippets = [...Object.values(lossAbouts), ...Object.values(penaltyAbouts)].flatMap(({ snippets }) => snippets);

const weight = { minimum: 0, maximum: 1_000_000 };

export const objectiveKeys = group(
  { title: 'Objective', description: 'What the networks optimise.' },
  {
    loss,
    discriminatorSteps: integer(
      {
        title: 'Discriminator steps',
        description: 'Updates of the discriminator to one of the generator, each on a batch of its own.',
        details: 'Critic steps, n in [Arjovsky et al. 2017](https://arxiv.org/abs/1701.07875), which uses 5.',
        usual: 1,
        usedBy: adversaries,
        unit: 'updates',
        examples: [1, 2, 5],
      },
      { minimum: 1, maximum: 100 },
    ),
    labelSmoothing: number(
      {
        title: 'Label smoothing',
        description: 'How far below 1 the discriminator is to answer for real images.',
        details:
          'One-sided ([Salimans et al. 2016](https://arxiv.org/abs/1606.03498), section 3.4). Keeps the discriminator ' +
          'from being overconfident. Only with non-saturating, minimax and least-squares.',
        usual: 0,
        usedBy: adversaries,
        examples: [0, 0.1],
      },
      { minimum: 0, exclusiveMaximum: 0.5 },
    ),
    weightClip: number(
      {
        title: 'Weight clip',
        description: 'Largest absolute value of the critic’s weights, enforced after each of its updates; 0 is none.',
        details:
          'The Lipschitz constraint of [Arjovsky et al. 2017](https://arxiv.org/abs/1701.07875), which uses 0.01.',
        usual: 0,
        usedBy: adversaries,
        examples: [0.01],
      },
      { minimum: 0, maximum: 1000 },
    ),
    penalties,
    featureMatching: number(
      {
        title: 'Feature matching',
        description: 'Weight of the distance between the mean features of real and generated images; 0 is off.',
        details:
          'Joins the generator’s loss ([Salimans et al. 2016](https://arxiv.org/abs/1606.03498), section 3.1). The ' +
          'features are the discriminator’s last.',
        usual: 0,
        usedBy: adversaries,
        examples: [1],
      },
      weight,
    ),
    diversity: number(
      {
        title: 'Diversity',
        description: 'Weight of the mode-seeking term, which asks for different images from different z; 0 is off.',
        details:
          'MSGAN ([Mao et al. 2019](https://arxiv.org/abs/1903.05628)): distance of latents over distance of images.',
        usual: 0,
        usedBy: adversariesOfLatents,
        examples: [1],
      },
      weight,
    ),
    content: number(
      {
        title: 'Content',
        description: 'Weight of the mean absolute difference between the generated and the wanted image.',
        details:
          'L1 of [Isola et al. 2017](https://arxiv.org/abs/1611.07004), which uses 100. More is truer, less is sharper.',
        usual: 0,
        usedBy: translations,
        examples: [10, 100],
      },
      weight,
    ),
    classification: number(
      {
        title: 'Classification',
        description: 'Weight of the cross-entropy of the auxiliary classifier.',
        details:
          'Only with `conditioning` auxiliary-classifier ([Odena et al. 2017](https://arxiv.org/abs/1610.09585)).',
        usual: 1,
        usedBy: adversaries,
        examples: [0.1, 1],
      },
      weight,
    ),
    likelihood: choice(
      {
        bernoulli: 'A pixel is a probability of white: cross-entropy. For images of mostly black and white.',
        gaussian: 'A pixel is a mean of fixed variance: squared error. For grey values and colour.',
      },
      {
        title: 'Likelihood',
        description: 'How the decoder’s output is compared with the image.',
        details: '[Kingma and Welling 2014](https://arxiv.org/abs/1312.6114), appendix C.',
        usual: 'bernoulli',
        usedBy: variational,
      },
    ),
    beta: number(
      {
        title: 'Beta',
        description: 'Weight of the KL divergence between q(z|x) and the standard normal distribution.',
        details:
          'β-VAE ([Higgins et al. 2017](https://openreview.net/forum?id=Sy2fzU9gl)). 1 is the VAE itself; more gives ' +
          'better samples and worse reconstructions.',
        usual: 1,
        usedBy: variational,
        examples: [0.5, 1, 4],
      },
      weight,
    ),
  },
  snippets,
);
