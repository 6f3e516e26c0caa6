/** Which architectures have a use for a key. */
import { configKeys } from '../keys/config.ts';
import { type Entries, isGroup } from '../keys/key.ts';
import type { Users } from '../keys/users.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';

export { architectureNames };

/** The architectures that have a use for the key of this dotted name. */
export const usersOf = (users: Users, key: string): readonly ArchitectureName[] =>
  architectureNames.filter((name) => users.use(architectures[name].about, key));

interface LimitedKey {
  /** Dotted. */
  readonly key: string;
  readonly users: Users;
}

/** Keys and groups of which not every architecture has a use; of a group's keys nothing more. */
export const limitedKeys: readonly LimitedKey[] = limitedOf(configKeys, []);

function limitedOf(keys: Entries, path: readonly string[]): LimitedKey[] {
  return Object.entries(keys).flatMap(([name, entry]) => {
    const here = [...path, name];
    const { usedBy } = entry.text;
    if (usedBy !== undefined) return [{ key: here.join('.'), users: usedBy }];
    return isGroup(entry) ? limitedOf(entry.keys, here) : [];
  });
}
