/** A config as far as it is valid, so that one mistake does not silence the checks of all the rest. */
import type { JSONPath } from 'jsonc-parser';
import type { Problem } from './problem.ts';
import type { Config } from './schema.ts';

type Part<T> = T extends object ? { readonly [K in keyof T]?: Part<T[K]> } : T;

export type PartialConfig = Part<Config>;

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
export const validPart = (config: unknown, problems: readonly Problem[]): PartialConfig => {
  const wrong = problems.filter(({ code }) => code !== 'config/missing-key');
  return (wrong.reduce((rest, { at }) => without(rest, at), config) ?? {}) as PartialConfig;
};
