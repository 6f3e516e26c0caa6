/** Keys of the config at which findings about its data are told. */
import type { JSONPath } from 'jsonc-parser';
import type { PartialConfig } from '../partial.ts';
import type { Change, Problem } from '../problem.ts';

/** What the data say of the config. */
export const problem = (
  severity: Problem['severity'],
  code: string,
  message: string,
  at: JSONPath,
  fix?: Change | null,
): Problem => ({ layer: 'meaning', severity, code, message, at, on: 'value', ...(fix && { fix }) });

/** Keys that findings about data are told at. */
export const dataPath: JSONPath = ['data', 'path'];
export const labels: JSONPath = ['data', 'labels'];
export const imageSize: JSONPath = ['data', 'imageSize'];
export const pixelRange: JSONPath = ['data', 'pixelRange'];
export const inputPath: JSONPath = ['data', 'inputPath'];

/** The key that is the place of a finding about the images: what names them, most exact first. */
export const dataPlace = ({ data }: PartialConfig): JSONPath =>
  data?.path === undefined ? ['data', 'source'] : dataPath;
