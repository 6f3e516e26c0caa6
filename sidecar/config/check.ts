/** The runtime check: a value against the schema, as problems with words of our own. */
import type { JSONPath } from 'jsonc-parser';
import { Settings } from 'typebox/system';
import { Errors } from 'typebox/value';
import { few } from '../terms/names.ts';
import { nearest } from './nearest.ts';
import { type Change, type Problem, set } from './problem.ts';
import { ConfigSchema } from './schema.ts';

// Far more than a person mends at once; the default of 8 hides errors behind others.
Settings.Set({ maxErrors: 1000 });

/** The parts of a JSON Schema that the messages speak of. */
export interface SchemaPart {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  /** Of a list. */
  readonly items?: SchemaPart;
  readonly enum?: readonly (string | number)[];
  readonly patternErrorMessage?: string;
}

/** The schema of the key at this path. */
export const schemaAt = (path: JSONPath): SchemaPart | undefined =>
  path.reduce<SchemaPart | undefined>((part, key) => {
    if (typeof key === 'number') return part?.items;
    const known = part?.properties;
    return known && Object.hasOwn(known, key) ? known[key] : undefined;
  }, ConfigSchema as SchemaPart);

/** Where a key is at home, e.g. batchSize → training.batchSize. Null if nowhere, or in several places. */
const homeOf = (key: string): JSONPath | null => {
  const homes: JSONPath[] = [];
  const visit = (part: SchemaPart, path: JSONPath) => {
    for (const [name, child] of Object.entries(part.properties ?? {})) {
      if (name === key) homes.push([...path, name]);
      visit(child, [...path, name]);
    }
  };
  visit(ConfigSchema as SchemaPart, []);
  return homes.length === 1 ? homes[0]! : null;
};

const schemaError = (code: string, message: string, at: JSONPath, on: Problem['on'], fix?: Change): Problem => ({
  layer: 'schema',
  severity: 'error',
  code,
  message,
  at,
  on,
  ...(fix && { fix }),
});

const has = (value: unknown, path: JSONPath): boolean => {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Record<string | number, unknown>)[key];
  }
  return true;
};

const valueAt = (value: unknown, path: JSONPath): unknown =>
  path.reduce<unknown>((here, key) => (here as Record<string | number, unknown>)[key], value);

/** The editor completes the others. */
const MOST_KEYS_NAMED = 16;

const unknownKey = (config: unknown, parent: JSONPath, key: string): Problem => {
  const at = [...parent, key];
  const known = Object.keys(schemaAt(parent)?.properties ?? {}).filter((name) => name !== '$schema');
  const where = parent.length === 0 ? '' : ` in "${parent.join('.')}"`;
  const unknown = `Unknown key "${key}"${where}`;
  const error = (advice: string, fix?: Change) =>
    schemaError('config/unknown-key', `${unknown}; ${advice}`, at, 'key', fix);

  const meant = nearest(
    key,
    known.filter((name) => !has(config, [...parent, name])),
  );
  if (meant !== null) {
    return error(`did you mean "${meant}"?`, { title: `Change to "${meant}"`, steps: [{ path: at, renameTo: meant }] });
  }
  const home = homeOf(key);
  if (home !== null && !has(config, home)) {
    return error(`it belongs in "${home.slice(0, -1).join('.')}"`, {
      title: `Move to "${home.slice(0, -1).join('.')}"`,
      steps: [
        { path: at, value: undefined },
        { path: home, value: valueAt(config, at) },
      ],
    });
  }
  return error(`known keys are ${few(known, MOST_KEYS_NAMED)}`);
};

const nouns: Readonly<Record<string, string>> = {
  object: 'a group { … }',
  array: 'a list [ … ]',
  string: 'text in double quotes',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const notAllowed = (value: unknown, at: JSONPath, allowed: readonly (string | number)[]): Problem => {
  const name = at.join('.');
  const words = allowed.filter((word) => typeof word === 'string');
  const meant = typeof value === 'string' ? nearest(value, words) : null;
  const list = allowed.map((word) => JSON.stringify(word)).join(', ');
  const advice = meant === null ? `choose one of ${list}` : `did you mean "${meant}"?`;
  const shown = JSON.stringify(value)?.slice(0, 60);
  return schemaError(
    'config/value',
    `${name} cannot be ${shown}; ${advice}`,
    at,
    'value',
    meant === null ? undefined : { ...set(at, meant), title: `Change to "${meant}"` },
  );
};

type SchemaError = ReturnType<typeof Errors>[number];

const toProblem = (config: unknown, error: SchemaError, at: JSONPath): Problem[] => {
  const name = at.join('.') || 'The config';
  const bound = (words: string, limit: unknown) => [
    schemaError('config/range', `${name} must be ${words} ${limit}`, at, 'value'),
  ];
  const part = schemaAt(at);
  if (part?.enum && (error.keyword === 'enum' || error.keyword === 'type')) {
    return [notAllowed(valueAt(config, at), at, part.enum)];
  }
  switch (error.keyword) {
    case 'boolean':
      return []; // Says of the unknown key what 'additionalProperties' says of the group.
    case 'additionalProperties':
      return error.params.additionalProperties.map((key) => unknownKey(config, at, key));
    case 'required':
      return error.params.requiredProperties.map((key) =>
        schemaError('config/missing-key', `${at.length === 0 ? 'The config' : `"${name}"`} lacks "${key}"`, at, 'key'),
      );
    case 'type':
      return [schemaError('config/type', `${name} must be ${nouns[part?.type ?? ''] ?? part?.type}`, at, 'value')];
    case 'minimum':
      return bound('at least', error.params.limit);
    case 'maximum':
      return bound('at most', error.params.limit);
    case 'exclusiveMinimum':
      return bound('above', error.params.limit);
    case 'exclusiveMaximum':
      return bound('below', error.params.limit);
    case 'minLength':
      return [schemaError('config/value', `${name} must not be empty`, at, 'value')];
    case 'minItems':
    case 'maxItems':
      return [schemaError('config/value', `${name} must have ${error.params.limit} values`, at, 'value')];
    case 'uniqueItems':
      return [schemaError('config/value', `${name} names the same thing twice`, at, 'value')];
    case 'pattern':
      return [schemaError('config/value', part?.patternErrorMessage ?? `${name} ${error.message}`, at, 'value')];
    default:
      return [schemaError('config/value', `${name} ${error.message}`, at, 'value')];
  }
};

const pathOf = (pointer: string): JSONPath =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .map((key, i, path) => (schemaAt(path.slice(0, i))?.items ? Number(key) : key));

/** Problems of a parsed config that the schema knows of; none means that it is a `Config`. */
export function checkSchema(config: unknown): Problem[] {
  const problems = Errors(ConfigSchema, config).flatMap((error) =>
    toProblem(config, error, pathOf(error.instancePath)),
  );
  const seen = new Set<string>();
  return problems.filter(({ code, at, message }) => {
    // One mistake may break several rules (not a number, not in the list): the first says it all.
    const place = code === 'config/missing-key' ? `${at.join('/')} ${message}` : `${at.join('/')}`;
    return !seen.has(place) && seen.add(place);
  });
}
