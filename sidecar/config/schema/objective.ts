import { Type } from 'typebox';
import { commonDefaults } from '../presets.ts';
import { choice, group } from './key.ts';
import { textChoiceStop } from './snippet.ts';

export const ObjectiveSchema = Type.Object(
  {
    loss: Type.Optional(
      choice(
        {
          'non-saturating':
            'The generator maximises log D(G(z)). Same fixed point as minimax, with strong gradients while the ' +
            'discriminator still wins; what the paper recommends in practice (its section 3).',
          minimax:
            'The generator minimises log(1 − D(G(z))), the game as the theory states it. Its gradient vanishes ' +
            'while the discriminator is confident, so training may stall early.',
        },
        {
          title: 'Loss',
          description: 'How the two networks are scored against each other.',
          details:
            'The game of [Goodfellow et al. 2014](https://arxiv.org/abs/1406.2661): ' +
            'min over G, max over D of E[log D(x)] + E[log(1 − D(G(z)))]. The discriminator loss is the same ' +
            'either way; the choice is the generator’s. Computed from logits.',
          default: commonDefaults.objective.loss,
        },
      ),
    ),
  },
  group({ title: 'Objective', description: 'What generator and discriminator optimise.' }, [
    {
      label: 'Non-saturating loss',
      description: 'The usual GAN objective',
      body: { loss: textChoiceStop(1, ['non-saturating', 'minimax']) },
    },
  ]),
);
