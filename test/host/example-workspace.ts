/** A workspace of a test's own: a copy of one of the examples with some of its config changed. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { projectRoot, temporaryFolder } from './paths.ts';

/** Values by path in the config, for example `{ 'training.steps': 50 }`. */
export type ConfigChanges = Readonly<Record<string, unknown>>;

/** Returns the new folder; its `gan.config.json` keeps comments and the order of the example's. */
export const exampleWorkspace = (example: string, changes: ConfigChanges): string => {
  const source = path.join(projectRoot, 'examples', example);
  const text = Object.entries(changes).reduce(
    (config, [key, value]) =>
      applyEdits(
        config,
        modify(config, key.split('.'), value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }),
      ),
    readFileSync(path.join(source, 'gan.config.json'), 'utf8'),
  );
  const folder = temporaryFolder(example);
  cpSync(source, folder, { recursive: true, filter: (file) => path.basename(file) !== '.gan' });
  writeFileSync(path.join(folder, 'gan.config.json'), text);
  return folder;
};
