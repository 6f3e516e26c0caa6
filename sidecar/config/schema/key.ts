/** How one key of the config is described: for people (hovers, completions) and for the check. */
import { Type } from 'typebox';
import { type Preset, presets } from '../presets.ts';
import type { Snippet } from './snippet.ts';

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
  readonly presetDefault?: (preset: Preset) => number | string | boolean | null;
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

/** "`100` (chapter-mlp-conv), none (chapter-deep)", or one value where all agree. */
const byArchitecture = (read: NonNullable<KeyText['presetDefault']>): string => {
  const names = new Map<string, string[]>();
  for (const [name, preset] of Object.entries(presets)) {
    const value = read(preset);
    const shown = value === null ? 'none' : code(value);
    names.set(shown, [...(names.get(shown) ?? []), name]);
  }
  const shown = [...names];
  return shown.length === 1 ? shown[0]![0] : shown.map(([value, of]) => `${value} (${of.join(', ')})`).join(', ');
};

const defaultOf = (text: KeyText): string | null => {
  if (text.defaultText !== undefined) return text.defaultText;
  if (text.presetDefault !== undefined) return byArchitecture(text.presetDefault);
  return text.default === undefined ? null : code(text.default);
};

const rangeOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: NumberRange): string | null => {
  const low = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const high = exclusiveMaximum === undefined ? maximum : exclusiveMaximum;
  if (low === undefined && high === undefined) return null;
  const from = exclusiveMinimum === undefined ? `from ${low}` : `above ${low}`;
  if (high === undefined) return from;
  return `${from} ${exclusiveMaximum === undefined ? `to ${high}` : `to below ${high}`}`;
};

/** The annotations of one key; the last line of the hover lists default, range and unit. */
export const annotate = (text: KeyText, range: NumberRange = {}) => {
  const facts = [
    ['Default', defaultOf(text)],
    ['Range', rangeOf(range)],
    ['Unit', text.unit],
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

/** What a group of keys says of itself. Unknown keys in it are errors. */
export const group = (text: Omit<KeyText, 'default' | 'presetDefault' | 'unit'>, snippets: readonly Snippet[]) => ({
  ...annotate(text),
  additionalProperties: false,
  defaultSnippets: snippets,
});
