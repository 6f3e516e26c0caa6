/** A config as far as it is valid, so that one mistake does not silence the checks of all the rest. */
import type { JSONPath } from 'jsonc-parser';
import type { Given } from './merged.ts';
import type { Problem } from './problem.ts';
import type { Config } from './schema.ts';

export type PartialConfig = Given<Config>;

/** A list is valid as a whole or not at all. */
const wholeList = (path: JSONPath): JSONPath => {
  const index = path.findIndex((key) => typeof key === 'number');
  return index < 0 ? path : path.slice(0, index);
};

const without = (value: unknown, [key, ...rest]: JSONPath): unknown => {
  if (key === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => {
      if (name !== key) return [[name, child]];
      return rest.length === 0 ? [] : [[name, without(child, rest)]];
    }),
  );
};

/** Leaves out every value that the schema's problems are about. */
export function validPart(config: unknown, problems: readonly Problem[]): PartialConfig {
  const wrong = problems.filter(({ code }) => code !== 'config/missing-key');
  return (wrong.reduce((rest, { at }) => without(rest, wholeList(at)), config) ?? {}) as PartialConfig;
}
