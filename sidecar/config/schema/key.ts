/** How one key of the config is described: for people (hovers, completions) and for the check. */
import { Type } from 'typebox';
import type { ArchitectureOptions } from '../../models/about.ts';
import { type ArchitectureName, architectureNames } from '../../models/index.ts';
import type { Snippet } from '../../terms/snippet.ts';
import { architectureDefaults } from '../defaults.ts';
import { type LimitedKey, usersOf } from '../key-users.ts';

export interface KeyText {
  readonly title: string;
  /** One plain sentence. */
  readonly description: string;
  /** What the term means and where it comes from, in Markdown. */
  readonly details?: string;
  readonly unit?: string;
  /** A default that holds for every config. */
  readonly default?: number | string | boolean;
  /** A default that the architecture decides. */
  readonly architectureDefault?: (defaults: ArchitectureOptions) => number | string | boolean | null;
  /** Its name where not every architecture has a use for it. */
  readonly usedBy?: LimitedKey;
  /** A default that needs words. */
  readonly defaultText?: string;
  readonly examples?: readonly (number | string | boolean)[];
}

interface NumberRange {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const code = (value: unknown) => `\`${JSON.stringify(value)}\``;

/** "`100`, but `128` for resnet and `64` for r3gan": the commonest value first. */
const byArchitecture = (read: NonNullable<KeyText['architectureDefault']>, names: readonly ArchitectureName[]) => {
  const values = new Map<string, ArchitectureName[]>();
  for (const name of names) {
    const value = read(architectureDefaults[name]);
    const shown = value === null ? 'none' : code(value);
    values.set(shown, [...(values.get(shown) ?? []), name]);
  }
  const [commonest, ...others] = [...values].sort(([, a], [, b]) => b.length - a.length);
  if (others.length === 0) return commonest?.[0] ?? null;
  return `${commonest?.[0]}, but ${others.map(([value, of]) => `${value} for ${of.join(', ')}`).join('; ')}`;
};

const defaultOf = (text: KeyText): string | null => {
  if (text.defaultText !== undefined) return text.defaultText;
  if (text.architectureDefault !== undefined)
    return byArchitecture(text.architectureDefault, text.usedBy ? usersOf(text.usedBy) : architectureNames);
  return text.default === undefined ? null : code(text.default);
};

/** Where fewer than half of the architectures use the key: which. */
const usersText = ({ usedBy: key }: KeyText): string | null => {
  const users = key && usersOf(key);
  return users && users.length < architectureNames.length / 2 ? users.join(', ') : null;
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

/** The annotations of one key; the last line of the hover lists default, range and unit. */
export const annotate = (text: KeyText, range: NumberRange = {}) => {
  const facts = [
    ['Default', defaultOf(text)],
    ['Range', rangeOf(range)],
    ['Unit', text.unit],
    ['Only', usersText(text)],
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => `**${name}:** ${value}`);
  const paragraphs = [text.description, text.details, facts.join(' · ')].filter(Boolean);
  return {
    title: text.title,
    description: text.description,
    markdownDescription: paragraphs.join('\n\n'),
    ...(text.default === undefined ? {} : { default: text.default }),
    ...(text.examples === undefined ? {} : { examples: [...text.examples] }),
  };
};

export const integer = (text: KeyText, range: NumberRange) => Type.Integer({ ...range, ...annotate(text, range) });

export const number = (text: KeyText, range: NumberRange) => Type.Number({ ...range, ...annotate(text, range) });

export const boolean = (text: KeyText) => Type.Boolean(annotate(text));

export const string = (text: KeyText, rule: object) => Type.String({ ...rule, ...annotate(text) });

/** One of several words, each with its own description in Markdown. */
export const choice = <const T extends string>(values: Record<T, string>, text: KeyText) =>
  Type.Unsafe<T>({
    type: 'string',
    enum: Object.keys(values),
    markdownEnumDescriptions: Object.values(values),
    ...annotate(text),
  });

/** One of several whole numbers, each with its own description in Markdown. */
export const numberChoice = <const T extends number>(values: readonly (readonly [T, string])[], text: KeyText) =>
  Type.Unsafe<T>({
    type: 'integer',
    enum: values.map(([value]) => value),
    markdownEnumDescriptions: values.map(([, description]) => description),
    ...annotate(text),
  });

/** Several different words out of these. */
export const choices = <const T extends string>(values: Record<T, string>, text: KeyText) =>
  Type.Unsafe<T[]>({
    type: 'array',
    uniqueItems: true,
    items: { type: 'string', enum: Object.keys(values), markdownEnumDescriptions: Object.values(values) },
    ...annotate(text),
  });

/** A lower and a higher number. */
export const numberPair = (text: KeyText) =>
  Type.Unsafe<readonly [number, number]>({
    type: 'array',
    items: { type: 'number' },
    minItems: 2,
    maxItems: 2,
    ...annotate(text),
  });

/** What a group of keys says of itself. Unknown keys in it are errors. */
export const group = (
  text: Omit<KeyText, 'default' | 'architectureDefault' | 'unit'>,
  snippets: readonly Snippet[],
) => ({
  ...annotate(text),
  additionalProperties: false,
  defaultSnippets: snippets,
});
