/** Lays what a config gives over the defaults, group by group. */

import type { Given } from '../terms/given.ts';

export type { Given };

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The defaults with every given value in its place. Keys that the defaults do not have are left out. */
export function merged<T extends object>(defaults: T, given: Given<NoInfer<T>> | undefined): T {
  const values: Readonly<Record<string, unknown>> = { ...given };
  const entries = Object.entries(defaults).map(([key, value]: [string, unknown]) => {
    const own = values[key];
    if (own === undefined) return [key, value];
    return [key, isGroup(value) && isGroup(own) ? merged<object>(value, own) : own];
  });
  return Object.fromEntries(entries) as T;
}
