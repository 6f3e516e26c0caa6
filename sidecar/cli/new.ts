/** `gan new <preset>`: writes a config to start from. */
import { writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { mended } from '../config/mend.ts';
import { nearest } from '../config/nearest.ts';
import { type NewConfigOptions, newConfig, programRoot, readPreset } from '../config/preset-config.ts';
import { isPresetId, type PresetId, presetList } from '../config/preset-list.ts';
import type { Config } from '../config/schema.ts';
import { sourceOfPath } from '../config/source-of-path.ts';
import { sourceAbouts, sourceNames } from '../data/sources/abouts.ts';
import { UserError } from '../terms/errors.ts';
import { type ExitCode, exitCodes } from '../terms/exit-codes.ts';
import { parseOptions } from './arguments.ts';
import { printLine } from './output.ts';

const options = { data: { type: 'string' }, out: { type: 'string' } } as const;

export async function newCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, options, 1);
  const id = presetId(positionals[0]);
  const file = resolve(values.out ?? 'gan.config.json');
  const data = values.data === undefined ? {} : { data: await dataOf(values.data, dirname(file)) };
  const text = newConfig(await readPreset(id, await programRoot()), data satisfies NewConfigOptions);
  await write(file, await mended(text, file));
  const shown = relative('.', file) || file;
  printLine(
    `Wrote ${shown}. Train it: gan train${basename(shown) === shown && shown === 'gan.config.json' ? '' : ` ${shown}`}`,
  );
  return exitCodes.success;
}

function presetId(name: string | undefined): PresetId {
  if (name === undefined)
    throw new UserError('usage', 'Name a preset, for example: gan new digits. List them: gan presets.');
  if (isPresetId(name)) return name;
  const ids = presetList.map(({ id }) => id);
  const meant = nearest(name, ids);
  throw new UserError(
    'usage',
    `Unknown preset "${name}"${meant === null ? '.' : `; did you mean "${meant}"?`} List them: gan presets.`,
  );
}

/** Sources of images that need no path. */
const withoutPath = sourceNames.filter((name) => {
  const { path, modality } = sourceAbouts[name];
  return path === null && modality === 'images';
});

/** The data group of a folder or file of images, or of a source that needs no path. */
async function dataOf(name: string, folder: string): Promise<Config['data']> {
  const found = await sourceOfPath(resolve(name));
  if (found === null) {
    const source = withoutPath.find((known) => known === name);
    if (source !== undefined) return { source };
    throw new UserError(
      'data/missing',
      `--data ${name}: there is no such folder or file. Correct the path, or name ${withoutPath.slice(0, -1).join(', ')} or ${withoutPath.at(-1)}.`,
    );
  }
  const path = relative(folder, resolve(name)) || '.';
  return { source: found, path: path.startsWith('..') ? resolve(name) : path };
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EEXIST'
        ? 'it already exists; choose another with --out'
        : code === 'ENOENT'
          ? 'its folder does not exist'
          : message;
    throw new UserError('config/unwritable', `${file}: ${reason}.`, { cause: error });
  }
}
