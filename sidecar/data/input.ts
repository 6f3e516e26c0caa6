/** What image-to-image translates from, as the config asks for it. */
import { UserError } from '../terms/errors.ts';
import type { Channels, DataConfig } from './shape.ts';
import type { InputPlan } from './worker/plan.ts';

/** Where stored inputs lie; null where they are made from the images or not asked for. @throws UserError */
export function inputFolderOf(data: DataConfig, wanted: boolean): string | null {
  if (!wanted || data.input !== 'folder') return null;
  if (data.source !== 'folder') {
    throw new UserError(
      'data/input-source',
      `data.input "folder" needs data.source "folder", not "${data.source}": inputs are paired by their files' names.`,
    );
  }
  if (data.inputPath === null) {
    throw new UserError(
      'data/no-input-path',
      'data.input "folder" needs data.inputPath: set it to the folder of inputs.',
    );
  }
  if (data.inputPath === data.path) {
    throw new UserError(
      'data/no-input-path',
      `data.inputPath is data.path itself (${data.inputPath}): set it to the folder of the inputs.`,
    );
  }
  return data.inputPath;
}

/** @param stored channels of stored inputs, or null. */
export function inputPlan(data: DataConfig, wanted: boolean, stored: Channels | null): InputPlan | null {
  if (!wanted) return null;
  if (data.input !== 'folder') return { kind: data.input, channels: 1 };
  return { kind: 'stored', channels: stored ?? 3 };
}
