/** Whether the architecture takes examples of this kind and size. */
import type { JSONPath } from 'jsonc-parser';
import type { DataFacts } from '../../data/facts.ts';
import { architectures, refusalOf } from '../../models/index.ts';
import { specOf } from '../../models/spec.ts';
import { architectureDefaults } from '../defaults.ts';
import { merged } from '../merged.ts';
import type { PartialConfig } from '../partial.ts';
import { type Change, type Problem, set } from '../problem.ts';
import { dataPlace, imageSize, problem } from './places.ts';

/** A size that the architecture takes, for images that have none in common. */
export function suitableSize({ model }: PartialConfig): Change {
  const wanted = 64;
  if (!model?.architecture) return set(imageSize, wanted);
  const facts = { shape: [wanted, wanted, 3], sourceShape: null, classNames: null };
  const spec = specOf(merged(architectureDefaults[model.architecture].model, model), facts);
  const fitting = architectures[model.architecture].nearestExample?.(spec);
  return set(imageSize, fitting?.[0] ?? wanted);
}

/** Architectures of images want images, those of rows want rows. */
export function examplesFit(config: PartialConfig, { modality, shape }: DataFacts): Problem[] {
  const name = config.model?.architecture;
  if (!name) return [];
  const kind = shape.length === 1 ? 'vectors' : 'images';
  if (architectures[name].examples === kind) return [];
  const fitting = kind === 'vectors' ? 'mlp' : 'dcgan';
  const makes = kind === 'vectors' ? 'images' : 'rows of numbers';
  const message = `${name} makes ${makes}, and the data are ${modality}; use ${fitting}, for one`;
  const at: JSONPath = ['model', 'architecture'];
  return [problem('error', 'model/other-examples', message, at, set(at, fitting))];
}

/** The size of the images is one that the architecture takes. */
export function sizeFits(config: PartialConfig, facts: DataFacts): Problem[] {
  const { model, data } = config;
  if (!model?.architecture) return [];
  const architecture = architectures[model.architecture];
  if (examplesFit(config, facts).length > 0) return [];
  const spec = specOf(merged(architectureDefaults[model.architecture].model, model), facts);
  const [size = 0] = architecture.nearestExample?.(spec) ?? facts.shape;
  const reason = refusalOf(model.architecture, spec);
  // What fits with this size is refused for another reason, which the rules of the config tell.
  if (reason === null || size === facts.shape[0]) return [];
  const at = data?.imageSize === undefined ? dataPlace(config) : imageSize;
  return [problem('error', 'model/image-size', `${reason}; set "data.imageSize" to ${size}`, at, set(imageSize, size))];
}

/** Enlarging by less than this is common practice (28 to 32 pixels). */
const NOTABLE_ENLARGEMENT = 1.5;

/** Enlarging images makes no detail. */
export function notEnlarged({ data }: PartialConfig, { size, stored }: DataFacts): Problem[] {
  if (data?.imageSize === undefined || size === Number.POSITIVE_INFINITY || stored === null || stored.mixedSizes)
    return [];
  const { width, height } = stored;
  if (data.imageSize <= NOTABLE_ENLARGEMENT * Math.max(width, height)) return [];
  const message = `The images are ${width}×${height}; enlarging them to ${data.imageSize} costs time and adds no detail`;
  return [problem('info', 'data/enlarged', message, imageSize)];
}
