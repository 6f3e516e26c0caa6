/** A new config, with what its data demand: a batch no larger than a small folder, a size that the networks take. */
import { diagnose } from './diagnose.ts';
import type { Fix } from './edits.ts';

/** More would be a sign of fixes that undo each other. */
const MAX_FIXES = 8;

export const applyFix = (text: string, { edits }: Fix): string =>
  edits.reduceRight((before, { offset, length, text: into }) => {
    return before.slice(0, offset) + into + before.slice(offset + length);
  }, text);

/**
 * The text with every error mended that can be: by the one right answer, else by the last of several,
 * which asks least of the data (no class labels rather than some).
 * @param file where it is, or will be.
 */
export const mended = async (text: string, file: string): Promise<string> => {
  let result = text;
  for (let i = 0; i < MAX_FIXES; i++) {
    const errors = (await diagnose(result, file)).filter(({ severity }) => severity === 'error');
    const fix = errors.find((error) => error.fix)?.fix ?? errors.find(({ choices }) => choices)?.choices?.at(-1);
    if (fix === undefined) break;
    result = applyFix(result, fix);
  }
  return result;
};
