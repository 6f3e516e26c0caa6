/** The config of a run that goes on: the resolved one in its folder, and what the command line changes. */
import { join } from 'node:path';
import { checkSchema } from '../config/check.ts';
import { readConfigText } from '../config/load.ts';
import { applyOverrides, parseOverride } from '../config/overrides.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { Config } from '../config/schema.ts';
import { UserError } from '../terms/errors.ts';
import { CONFIG_FILE } from './layout.ts';

/** @throws UserError "config/…"; "runs/bad-run" where config.json is damaged. */
export async function resumedConfig(runDirectory: string, overrides: readonly string[]): Promise<ResolvedConfig> {
  const file = join(runDirectory, CONFIG_FILE);
  const saved = withoutNulls(parse(await readConfigText(file), file));
  const config = applyOverrides(saved, overrides.map(parseOverride));
  const problems = checkSchema(config);
  if (problems.length > 0) {
    const lines = problems.map(({ at, code, message }) => `${file}: ${at.join('.')} error ${code} ${message}`);
    throw new UserError('config/invalid', lines.join('\n'));
  }
  return resolveConfig(config as Config, file);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('runs/bad-run', `${file} is damaged. Train the config again, or restore the file from a copy.`);
  }
}

/** In a resolved config null says that a key does not apply; as a person writes it, the key is left out. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}
