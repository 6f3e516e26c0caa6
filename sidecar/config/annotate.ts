/** The words of a key as hovers show them: its own, and what architectures have to do with it. */
import type { GroupText, Key, KeyText, NumberRange } from '../keys/key.ts';
import type { Users } from '../keys/users.ts';
import type { ArchitectureName } from '../models/index.ts';
import { architectureDefaults } from './defaults.ts';
import { architectureNames, usersOf } from './key-users.ts';

/** Where a key stands, and who has a use for it. */
export interface Place {
  readonly path: readonly string[];
  /** Null: every architecture. */
  readonly users: Users | null;
}

const code = (value: unknown) => `\`${JSON.stringify(value)}\``;

const valueAt = (values: object, path: readonly string[]): unknown =>
  path.reduce<unknown>((here, name) => (here as Readonly<Record<string, unknown>>)[name], values);

/** "`100`, but `128` for resnet and `64` for r3gan": the commonest value first. */
const byArchitecture = (path: readonly string[], names: readonly ArchitectureName[]) => {
  const values = new Map<string, ArchitectureName[]>();
  for (const name of names) {
    const value = valueAt(architectureDefaults[name], path);
    const shown = value === null ? 'none' : code(value);
    values.set(shown, [...(values.get(shown) ?? []), name]);
  }
  const [commonest, ...others] = [...values].sort(([, a], [, b]) => b.length - a.length);
  if (others.length === 0) return commonest?.[0] ?? null;
  return `${commonest?.[0]}, but ${others.map(([value, of]) => `${value} for ${of.join(', ')}`).join('; ')}`;
};

const namesOf = ({ path, users }: Place) => (users === null ? architectureNames : usersOf(users, path.join('.')));

const defaultOf = (text: KeyText, place: Place): string | null => {
  if (text.defaultText !== undefined) return text.defaultText;
  if (text.usual !== undefined) return byArchitecture(place.path, namesOf(place));
  return text.default === undefined ? null : code(text.default);
};

/** Where fewer than half of the architectures use the key: which. */
const usersText = (place: Place): string | null => {
  const names = namesOf(place);
  return names.length < architectureNames.length / 2 ? names.join(', ') : null;
};

/** Thousands apart where there are many: 1,000,000. */
const bound = (value: number) => (value >= 10_000 ? value.toLocaleString('en-US') : `${value}`);

const rangeOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: NumberRange): string | null => {
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const high = exclusiveMaximum === undefined ? maximum : exclusiveMaximum;
  if (low === undefined && high === undefined) return null;
  const from = exclusiveMinimum === undefined ? `from ${bound(low ?? 0)}` : `above ${bound(exclusiveMinimum)}`;
  if (high === undefined) return from;
  return `${from} ${exclusiveMaximum === undefined ? `to ${bound(high)}` : `to below ${bound(high)}`}`;
};

const paragraphs = (...texts: readonly (string | undefined)[]) => texts.filter(Boolean).join('\n\n');

/** The annotations of one key; the last line of the hover lists default, range and unit. */
export function annotateKey({ text, range }: Pick<Key, 'text' | 'range'>, place: Place) {
  const facts = [
    ['Default', defaultOf(text, place)],
    ['Range', rangeOf(range)],
    ['Unit', text.unit],
    ['Only', usersText(place)],
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => `**${name}:** ${value}`);
  const { title, description, details, examples } = text;
  const fixed = text.default ?? undefined;
  return {
    title,
    description,
    markdownDescription: paragraphs(description, details, facts.join(' · ')),
    ...(fixed === undefined ? {} : { default: fixed }),
    ...(examples === undefined ? {} : { examples: [...examples] }),
  };
}

export const annotateGroup = ({ title, description, details }: GroupText) => ({
  title,
  description,
  markdownDescription: paragraphs(description, details),
});
