/** Values given on the command line in place of the config's own: `--set training.steps=300`. */
import { resolve } from 'node:path';
import type { JSONPath } from 'jsonc-parser';
import { UserError } from '../terms/errors.ts';
import { schemaAt } from './check.ts';

export interface Override {
  /** As given, for messages. */
  readonly text: string;
  readonly path: JSONPath;
  /** Undefined removes the key, so that its default holds. */
  readonly value: unknown;
}

type Group = Record<string, unknown>;

/** Setting one of these takes the place of the other, which the config may have set. */
const rivals: Readonly<Record<string, string>> = {
  'training.steps': 'training.epochs',
  'training.epochs': 'training.steps',
  'monitor.sampleEvery': 'monitor.sampleEveryEpochs',
  'monitor.sampleEveryEpochs': 'monitor.sampleEvery',
};

/** Paths that a shell gives are relative to where it stands, not to the config. */
const isPath = (name: string) => ['data.path', 'data.labels', 'data.inputPath'].includes(name);

const readValue = (name: string, text: string): unknown => {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: a bare word, as in device=cpu.
  }
  if (value === null) return undefined;
  const wantsText = schemaAt(name.split('.'))?.type === 'string';
  if (wantsText && typeof value !== 'string') return text;
  if (isPath(name) && typeof value === 'string' && !value.startsWith('~')) return resolve(value);
  return value;
};

/**
 * Reads "training.steps=300". The value is JSON, or text where it is not JSON; null removes the key.
 * @throws UserError if there is no key or no "=".
 */
export function parseOverride(text: string): Override {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals)).trim();
  if (!/^[^.\s]+(\.[^.\s]+)*$/.test(name)) {
    throw new UserError(
      'config/override',
      `--set ${text}: write it as group.key=value, for example training.steps=300.`,
    );
  }
  return { text, path: name.split('.'), value: readValue(name, text.slice(equals + 1)) };
}

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withValue = (config: unknown, [key, ...rest]: JSONPath, value: unknown): unknown => {
  if (key === undefined) return value;
  const entries = new Map(Object.entries(isGroup(config) ? config : {}));
  const inner = rest.length === 0 ? value : withValue(entries.get(String(key)), rest, value);
  if (inner === undefined) entries.delete(String(key));
  else entries.set(String(key), inner);
  return Object.fromEntries(entries);
};

/** The config with the overrides in place; later ones win. */
export function applyOverrides(config: unknown, overrides: readonly Override[]): unknown {
  const given = new Set(overrides.map(({ path }) => path.join('.')));
  return overrides.reduce((result, { path, value }) => {
    const rival = rivals[path.join('.')];
    const cleared = rival && !given.has(rival) ? withValue(result, rival.split('.'), undefined) : result;
    return withValue(cleared, path, value);
  }, config);
}
