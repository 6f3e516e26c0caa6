/** What the data on disk say to the config. Reads names and headers, never whole images. */
import { inspectData } from '../../data/inspect.ts';
import { UserError } from '../../terms/errors.ts';
import type { PartialConfig } from '../partial.ts';
import type { Problem } from '../problem.ts';
import { batchFits } from './batch.ts';
import { dataOf, type Inspect } from './data-of.ts';
import { greyInputFits, nothingSkipped, rangeFits } from './images.ts';
import { balanceFits, labelsFit, noLabelsLost } from './labels.ts';
import { examplesFit, notEnlarged, sizeFits } from './shape.ts';
import { unusable } from './unusable.ts';

/** Problems between the config and its data; none where the config does not say which data. */
export async function checkData(
  config: PartialConfig,
  file: string,
  inspect: Inspect = inspectData,
): Promise<Problem[]> {
  const data = dataOf(config, file);
  if (data === null) return [];
  try {
    // A missing input path is what the rules of the config tell.
    const inputs =
      config.model?.architecture === 'image-to-image' && (data.input !== 'folder' || data.inputPath !== null);
    const facts = await inspect(data, { inputs });
    const checks = [
      batchFits,
      examplesFit,
      sizeFits,
      labelsFit,
      noLabelsLost,
      balanceFits,
      greyInputFits,
      notEnlarged,
      rangeFits,
      nothingSkipped,
    ];
    return checks.flatMap((check) => check(config, facts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [await unusable(config, data, error, inspect)];
  }
}
