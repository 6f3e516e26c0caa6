/** Defaults out of the keys that have them. */
import { type Entries, isGroup, type Key } from './key.ts';

/** What a config leaves out, before an architecture has a word; nothing of keys that are required or computed. */
export const defaultsOf = (keys: Entries): object =>
  collect(keys, ({ usual, default: fixed }) => (usual === undefined ? fixed : usual));

function collect(keys: Entries, chosen: (text: Key['text']) => unknown): object {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, entry]) => {
      if (isGroup(entry)) return [[name, collect(entry.keys, chosen)]];
      const value = chosen(entry.text);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
