/** From a config file, and what the command line says otherwise, to a resolved config. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import { UserError } from '../terms/errors.ts';
import { checkSchema } from './check.ts';
import { positionAt, type ReadConfig, readConfig } from './diagnose.ts';
import { spanAt } from './document.ts';
import { formatDiagnostic } from './format-diagnostics.ts';
import { applyOverrides, type Override, parseOverride } from './overrides.ts';
import { validPart } from './partial.ts';
import type { Problem } from './problem.ts';
import { resolveConfig } from './resolve.ts';
import type { ResolvedConfig } from './resolved-config.ts';
import { checkRules } from './rules.ts';
import type { Config } from './schema.ts';

export interface LoadOptions {
  /**
   * "training.steps=300": the value is JSON or bare text, null removes a key. Steps take the place of
   * epochs and the other way round. Paths are relative to the working directory.
   */
  readonly overrides?: readonly string[];
}

/** The text of a config. @throws UserError if it cannot be read. */
export async function readConfigText(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file; check the path',
      EISDIR: 'this is a folder; name the config file in it',
      EACCES: 'it cannot be read; check its permissions',
    };
    throw new UserError('config/unreadable', `${file}: ${reasons[code ?? ''] ?? code}.`, { cause: error });
  }
}

const invalid = (lines: readonly string[]) => new UserError('config/invalid', lines.join('\n'));

/** "file:line:col" of what the file says, or the option that said it. */
const line = (file: string, { document }: ReadConfig, overrides: readonly Override[], problem: Problem): string => {
  const { at, on, severity, code, message } = problem;
  const inside = (path: JSONPath, other: JSONPath) => other.every((key, i) => path[i] === key);
  const override = overrides.findLast(({ path }) => inside(at, path) || (path.length > at.length && inside(path, at)));
  if (override && problem.code !== 'config/missing-key')
    return `--set ${override.text}: ${severity} ${code} ${message}`;
  const position = positionAt(document.text, spanAt(document, at, on).offset);
  return formatDiagnostic(file, { ...position, severity, code, message });
};

/**
 * Reads, checks and resolves a config. Whether its data exist is for `openDataset` to say.
 * @throws UserError "config/unreadable", "config/override", or "config/invalid" with one error a line.
 */
export async function loadConfig(file: string, options: LoadOptions = {}): Promise<ResolvedConfig> {
  const overrides = (options.overrides ?? []).map(parseOverride);
  const read = readConfig(await readConfigText(file));
  if (read.document.syntaxProblems.length > 0) {
    throw invalid(
      read.document.syntaxProblems.map((problem) =>
        formatDiagnostic(file, { ...positionAt(read.document.text, problem.offset), severity: 'error', ...problem }),
      ),
    );
  }
  const config = applyOverrides(read.value, overrides);
  const schemaProblems = checkSchema(config);
  const problems = [...schemaProblems, ...checkRules(validPart(config, schemaProblems))];
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw invalid(errors.map((problem) => line(file, read, overrides, problem)));
  return resolveConfig(config as Config, resolve(file));
}
