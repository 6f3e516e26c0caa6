/** Data that cannot be used: which key of the config is to change, and how. */
import type { JSONPath } from 'jsonc-parser';
import { isErrorCode } from '../../terms/error-codes.ts';
import type { UserError } from '../../terms/errors.ts';
import type { PartialConfig } from '../partial.ts';
import { type Change, type Problem, remove, set } from '../problem.ts';
import type { DataConfig, Inspect } from './data-of.ts';
import { otherSource, similarPath } from './meant.ts';
import { dataPath, dataPlace, inputPath, labels, pixelRange, problem } from './places.ts';
import { suitableSize } from './shape.ts';
import { keyOf, pathOf } from './subject-place.ts';

/** Data that cannot be used, as a problem of the key to change. Code and subject decide, never the message's words. */
export async function unusable(
  config: PartialConfig,
  data: DataConfig,
  error: UserError,
  inspect: Inspect,
): Promise<Problem> {
  const say = (at: JSONPath, fix?: Change | null) => problem('error', error.code, error.message, at, fix);
  const { path: writtenPath, labels: writtenLabels } = config.data ?? {};
  const place = dataPlace(config);
  switch (isErrorCode(error.code) ? error.code : null) {
    case 'data/missing': {
      const { at, written, absolute } = pathOf(config, data, error.subject) ?? {
        at: place,
        written: writtenPath,
        absolute: data.path,
      };
      const similar = written && absolute ? await similarPath(written, absolute) : null;
      return say(at, similar === null ? null : set(at, similar));
    }
    case 'data/labels-as-images': {
      const swapped =
        data.labels && (await inspect({ ...data, path: data.labels, labels: data.path }).catch(() => null));
      if (!swapped) return say(place);
      const steps = [
        { path: dataPath, value: writtenLabels },
        { path: labels, value: writtenPath },
      ];
      return say(place, { title: 'Swap "path" and "labels"', steps });
    }
    case 'data/images-as-labels':
    case 'data/label-count':
      return say(writtenLabels === undefined ? place : labels);
    case 'data/pixel-range':
      return say(pixelRange);
    case 'data/mixed-sizes':
    case 'data/wrong-size':
      return data.resize === 'refuse' ? say(['data', 'resize']) : say(place, suitableSize(config));
    case 'data/too-large':
      return say(place, suitableSize(config));
    case 'data/mixed-channels':
      return say(['data', 'resize']);
    case 'data/channels':
      return say(['data', 'channels'], remove(['data', 'channels']));
    case 'data/no-column':
    case 'data/no-array':
      return say(keyOf(config, error.subject) ?? place);
    case 'data/no-pair':
    case 'data/no-input-path':
      return say(inputPath);
    case 'data/input-source':
      return say(['data', 'input'], set(['data', 'input'], 'edges'));
    default: {
      if (pathOf(config, data, error.subject)?.at === labels) return say(labels);
      const source = await otherSource(data, inspect);
      return say(place, source && { ...set(['data', 'source'], source), title: `Change the source to "${source}"` });
    }
  }
}
