/** What is noted of stored images: the range of their numbers, files left out, inputs made of grey ones. */
import type { DataFacts } from '../../data/facts.ts';
import { sourceAbouts } from '../../data/sources/abouts.ts';
import type { PartialConfig } from '../partial.ts';
import { type Problem, remove, set } from '../problem.ts';
import { dataPlace, pixelRange, problem } from './places.ts';

/** Numbers that may stand for other pixels than they are taken for, and a range that nothing reads. */
export function rangeFits(config: PartialConfig, { stored }: DataFacts): Problem[] {
  const asked = config.data?.pixelRange;
  const values = stored?.values ?? null;
  if (values === null) {
    const { source } = config.data ?? {};
    if (asked === undefined || !source || !sourceAbouts[source].keys.includes('pixelRange')) return [];
    const message = '"pixelRange" has no effect: this table has files of images and no numbers';
    return [problem('warning', 'data/no-numbers', message, pixelRange, remove(pixelRange))];
  }
  if (values.doubt === null) return [];
  if (asked !== undefined) {
    return [problem('warning', 'data/pixel-range', values.doubt, pixelRange, remove(pixelRange))];
  }
  const message = `${values.doubt}; set "pixelRange" if other numbers are black and white`;
  return [problem('warning', 'data/pixel-range', message, dataPlace(config), set(pixelRange, values.range))];
}

/** Every file was an image. */
export function nothingSkipped(config: PartialConfig, { skipped: { count, first } }: DataFacts): Problem[] {
  if (count === 0 || first === null) return [];
  const example = `${first.file} (${first.reason})`;
  const message =
    count === 1 ? `One file is skipped: ${example}` : `${count} files are skipped, for example ${example}`;
  return [problem('info', 'data/skipped-files', message, dataPlace(config))];
}

/** What image-to-image starts from is not what it has to make. */
export function greyInputFits({ data, model }: PartialConfig, { shape }: DataFacts): Problem[] {
  if (model?.architecture !== 'image-to-image' || data?.input !== 'grey' || shape[2] !== 1) return [];
  const message = 'The images are grey already, so input "grey" shows the generator what it has to make';
  return [problem('warning', 'data/grey-input', message, ['data', 'input'], set(['data', 'input'], 'edges'))];
}
