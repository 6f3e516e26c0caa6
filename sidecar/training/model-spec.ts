import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { architectures, refusalOf } from '../models/index.ts';
import { specOf } from '../models/spec.ts';
import { UserError } from '../terms/errors.ts';

/** What the networks are made by. @throws UserError "model/…" where config and dataset do not go together. */
export function modelSpec({ model }: ResolvedConfig, dataset: DatasetInfo): ModelSpec {
  if (model.conditional && dataset.classNames === null) {
    throw new UserError(
      'model/no-labels',
      `model.conditional needs labels, and ${dataset.name} has none: give data.labels, or set model.conditional to false`,
    );
  }
  const { examples } = architectures[model.architecture];
  const given = dataset.shape.length === 1 ? 'vectors' : 'images';
  if (examples !== given) {
    const [makes, fitting] = examples === 'images' ? ['images', 'mlp'] : ['rows of numbers', 'dcgan'];
    throw new UserError(
      'model/other-examples',
      `${model.architecture} makes ${makes}, and ${dataset.name} holds ${dataset.modality}: set model.architecture to ${fitting}, for one`,
    );
  }
  const spec = specOf(model, dataset);
  const refusal = refusalOf(model.architecture, spec);
  if (refusal !== null) {
    const nearest = architectures[model.architecture].nearestExample?.(spec);
    const fits = nearest && refusalOf(model.architecture, { ...spec, example: nearest, stage: nearest }) === null;
    if (fits) throw new UserError('model/image-size', `${refusal}: set data.imageSize to ${nearest[0]}`);
    throw new UserError('model/refused', refusal);
  }
  return spec;
}
