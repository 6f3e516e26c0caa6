/**
 * How a key of the config is described: its words, its values and its default, once, for completion,
 * hovers, the check, the defaults and the types. What a key says of architectures, `config/` adds.
 */
import type { Snippet } from '../terms/snippet.ts';
import type { Users } from './users.ts';

export interface KeyText<Value = unknown> {
  readonly title: string;
  /** One plain sentence. */
  readonly description: string;
  /** What the term means and where it comes from, in Markdown. */
  readonly details?: string;
  readonly unit?: string;
  readonly required?: true;
  /** A default that holds for every config; null: none, and the resolved config has null. */
  readonly default?: Value | null;
  /** A default that an architecture may have another one for. */
  readonly usual?: Value | null;
  /** A default that needs words. */
  readonly defaultText?: string;
  /** Where not every architecture has a use for it; else as its group. */
  readonly usedBy?: Users;
  readonly examples?: readonly Value[];
}

export interface NumberRange {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** `Text` is the text as it was written, for its types. */
export interface Key<Value = unknown, Text extends KeyText = KeyText> {
  /** What JSON Schema says of its values. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly range: NumberRange;
  readonly text: Text;
  /** For types alone. */
  readonly value?: Value;
}

export type GroupText = Omit<KeyText, 'default' | 'usual' | 'unit' | 'defaultText' | 'examples'>;

/** Unknown keys in a group are errors. */
export interface Group<Keys extends Entries = Entries, Text extends GroupText = GroupText> {
  readonly keys: Keys;
  readonly text: Text;
  readonly snippets: readonly Snippet[];
}

export interface Entries {
  readonly [name: string]: Key | Group<Entries>;
}

export const isGroup = (entry: Key | Group): entry is Group => 'keys' in entry;

const key = <Value, Text extends KeyText>(
  schema: Readonly<Record<string, unknown>>,
  text: Text,
  range: NumberRange = {},
): Key<Value, Text> => ({ schema, range, text });

export const integer = <const Text extends KeyText<number>>(text: Text, range: NumberRange) =>
  key<number, Text>({ type: 'integer', ...range }, text, range);

export const number = <const Text extends KeyText<number>>(text: Text, range: NumberRange) =>
  key<number, Text>({ type: 'number', ...range }, text, range);

export const boolean = <const Text extends KeyText<boolean>>(text: Text) =>
  key<boolean, Text>({ type: 'boolean' }, text);

export const string = <const Text extends KeyText<string>>(text: Text, rule: object) =>
  key<string, Text>({ type: 'string', ...rule }, text);

/** One of several words, each with its own description in Markdown. */
export const choice = <const Word extends string, const Text extends KeyText<Word>>(
  values: Readonly<Record<Word, string>>,
  text: Text,
) =>
  key<Word, Text>({ type: 'string', enum: Object.keys(values), markdownEnumDescriptions: Object.values(values) }, text);

/** One of several whole numbers, each with its own description in Markdown. */
export const numberChoice = <const Value extends number, const Text extends KeyText<Value>>(
  values: readonly (readonly [Value, string])[],
  text: Text,
) =>
  key<Value, Text>(
    {
      type: 'integer',
      enum: values.map(([value]) => value),
      markdownEnumDescriptions: values.map(([, description]) => description),
    },
    text,
  );

/** Several different words out of these. */
export const choices = <const Word extends string, const Text extends KeyText<readonly Word[]>>(
  values: Readonly<Record<Word, string>>,
  text: Text,
) =>
  key<readonly Word[], Text>(
    {
      type: 'array',
      uniqueItems: true,
      items: { type: 'string', enum: Object.keys(values), markdownEnumDescriptions: Object.values(values) },
    },
    text,
  );

/** A lower and a higher number. */
export const numberPair = <const Text extends KeyText<readonly [number, number]>>(text: Text) =>
  key<readonly [number, number], Text>({ type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }, text);

export const group = <const Text extends GroupText, const Keys extends Entries>(
  text: Text,
  keys: Keys,
  snippets: readonly Snippet[] = [],
): Group<Keys, Text> => ({ keys, text, snippets });
