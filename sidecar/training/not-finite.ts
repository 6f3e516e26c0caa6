import type { ResolvedConfig } from '../config/resolved-config.ts';
import { architectures } from '../models/index.ts';
import { UserError } from '../terms/errors.ts';

/**
 * The error that ends a run whose numbers have left the floating-point range.
 * @param step the step that did it, counted from 1.
 * @param tensor what the first bad value was in.
 * @param saved step of the last checkpoint, or null where there is none yet.
 */
export function notFiniteError(
  { model, optimizer: { generator, discriminator } }: ResolvedConfig,
  step: number,
  tensor: string,
  saved: number | null,
): UserError {
  const remedy =
    architectures[model.architecture].family === 'adversarial'
      ? 'Lower optimizer.generator.learningRate and optimizer.discriminator.learningRate ' +
        `(now ${generator.learningRate} and ${discriminator.learningRate}).`
      : `Lower optimizer.generator.learningRate (now ${generator.learningRate}).`;
  return new UserError(
    'training/not-finite',
    `Training stopped in step ${step}: the first NaN or infinity was in ${tensor}. ` +
      (saved === null ? 'There is no checkpoint yet. ' : `The last good checkpoint is of step ${saved}. `) +
      remedy,
  );
}
