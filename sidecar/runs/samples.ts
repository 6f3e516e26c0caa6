/** Pictures of samples on disk: `samples/<step>.png`. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleFile } from '../terms/run-record.ts';
import { makeFolder, removeTemporaryFiles, writeFileAtomic } from './atomic-file.ts';
import { diskError, errorCode } from './disk-error.ts';
import { SAMPLES_FOLDER, stepFileName, stepOfFileName } from './layout.ts';

/** Writes the PNG of one step. @throws UserError "runs/disk". */
export async function saveSample(runDirectory: string, step: number, png: Uint8Array): Promise<SampleFile> {
  const folder = join(runDirectory, SAMPLES_FOLDER);
  await makeFolder(folder);
  await writeFileAtomic(join(folder, stepFileName(step, '.png')), [png]);
  return { step, file: join(SAMPLES_FOLDER, stepFileName(step, '.png')) };
}

/** Deletes grids later than `step`: they belong to a future that the resumed run makes anew. */
export async function removeSamplesAfter(runDirectory: string, step: number): Promise<void> {
  const folder = join(runDirectory, SAMPLES_FOLDER);
  try {
    for (const name of await readdir(folder)) {
      const of = stepOfFileName(name, '.png');
      if (of !== null && of > step) await rm(join(folder, name), { force: true });
    }
    await removeTemporaryFiles(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw diskError(error, `delete a sample in ${folder}`);
  }
}
