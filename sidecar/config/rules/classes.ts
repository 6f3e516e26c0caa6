/** How networks are told the class. */
import { between, ignored, refused, setTo, without } from './rule.ts';

export const conditioningNeedsClasses = between(({ model, given, place }) => {
  if (model.conditional || !given('model.conditioning')) return [];
  const { conditioning } = model;
  if (conditioning === 'concat' || conditioning === 'embedding') {
    return [ignored('model.conditioning', 'the model is told no class; see "model.conditional"')];
  }
  const source = conditioning === 'projection' ? 'Miyato and Koyama 2018' : 'Odena et al. 2017';
  const message = `"${conditioning}" is about class labels (${source}), and this model is told none`;
  return [
    refused('model/conditioning-without-classes', message, place('model.conditioning'), {
      choices: [setTo('model.conditional', true), without('model.conditioning')],
    }),
  ];
});

/** Both need a discriminator: Miyato and Koyama 2018; Odena et al. 2017. */
export const conditioningNeedsDiscriminator = between(({ architecture, about, model, place }) => {
  const { conditioning, conditional } = model;
  if (!conditional || about.family === 'adversarial') return [];
  if (conditioning === 'concat') return [];
  const message = `${architecture} is told the class one-hot; "${conditioning}" is for networks that play against each other`;
  return [
    refused('model/conditioning-family', message, place('model.conditioning'), {
      fix: setTo('model.conditioning', 'concat'),
    }),
  ];
});
