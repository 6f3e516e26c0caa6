import { choice } from './key.ts';

export const LossSchema = choice(
  {
    'non-saturating':
      'The generator maximises log D(G(z)) ([Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661)). Same fixed ' +
      'point as minimax, with strong gradients while the discriminator still wins; what the paper recommends in ' +
      'practice (its section 3).',
    minimax:
      'The generator minimises log(1 − D(G(z))), the game as the theory of ' +
      '[Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661) states it. Its gradient vanishes while the ' +
      'discriminator is confident, so training may stall early.',
    'least-squares':
      'Squared distance of the logit to 1 for real and 0 for generated images ' +
      '([Mao et al. 2017](https://arxiv.org/abs/1611.04076), LSGAN). Images far on the right side are still pulled in.',
    hinge:
      'The discriminator only cares for images within a margin of 1 ' +
      '([Lim and Ye 2017](https://arxiv.org/abs/1705.02894)). Usual with spectral normalisation.',
    wasserstein:
      'The difference of mean logits, which estimates the earth mover’s distance ' +
      '([Arjovsky et al. 2017](https://arxiv.org/abs/1701.07875)). Needs a Lipschitz constraint: `weightClip`, ' +
      '`penalties.gradient` (WGAN-GP) or spectral normalisation.',
    relativistic:
      'A real image is to be more real than a generated one, pair by pair: softplus of the difference of logits ' +
      '(RpGAN, [Jolicoeur-Martineau 2018](https://arxiv.org/abs/1807.00734); with R1 and R2 the loss of ' +
      '[R3GAN](https://arxiv.org/abs/2501.05441)).',
    elbo:
      'Only vae: reconstruction plus KL divergence, a bound of the likelihood ' +
      '([Kingma and Welling 2014](https://arxiv.org/abs/1312.6114)).',
    likelihood: 'Only pixelcnn: cross-entropy of every pixel given those before it, reported in bits per dimension.',
  },
  {
    title: 'Loss',
    description: 'How the networks are scored.',
    details: 'Computed from logits: the discriminator’s last layer has no sigmoid.',
    architectureDefault: (defaults) => defaults.objective.loss,
  },
);
