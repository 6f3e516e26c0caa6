/**
 * The config: its keys stand in `keys/`, and what there is to choose of in the registries. Folded here,
 * they are the runtime check and the JSON Schema that VS Code reads (`schemas/gan.schema.json`,
 * generated), hovers included.
 */
import { type TSchema, Type } from 'typebox';
import { type SourceName, sourceAbouts, sourceNames } from '../data/sources/abouts.ts';
import { configKeys } from '../keys/config.ts';
import { choice, type Entries, type Group, isGroup, type Key } from '../keys/key.ts';
import type { Written } from '../keys/types.ts';
import { type ArchitectureName, architectureNames, architectures } from '../models/index.ts';
import type { Snippet } from '../terms/snippet.ts';
import { annotateGroup, annotateKey, type Place } from './annotate.ts';

type Keys = typeof configKeys;

/** The config as a person writes it. */
export type Config = Written<Omit<Keys, 'model' | 'data'>> & {
  readonly $schema?: string;
  readonly model: Written<Keys['model']['keys']> & { readonly architecture: ArchitectureName };
  readonly data: Written<Keys['data']['keys']> & { readonly source: SourceName };
};

/** What each of a registry is, in the words of its about. */
const textsOf = <Name extends string>(
  names: readonly Name[],
  aboutOf: (name: Name) => { readonly summary: string; readonly details: string },
) =>
  Object.fromEntries(
    names.map((name) => {
      const { summary, details } = aboutOf(name);
      return [name, [summary, details].filter(Boolean).join(' ')];
    }),
  ) as Record<Name, string>;

const architecture = choice(
  textsOf(architectureNames, (name) => architectures[name].about),
  {
    title: 'Architecture',
    description: 'The networks to train.',
    details: 'It also decides the defaults of the other groups.',
    required: true,
  },
);

const source = choice(
  textsOf(sourceNames, (name) => sourceAbouts[name]),
  { title: 'Source', description: 'Where the real examples come from.', required: true },
);

const keySchema = (key: Key, place: Place): TSchema =>
  Type.Unsafe<unknown>({ ...key.schema, ...annotateKey(key, place) });

const groupSchema = ({ keys, text, snippets }: Group, place: Place): TSchema =>
  Type.Object(propertiesOf(keys, place), {
    ...annotateGroup(text),
    additionalProperties: false,
    defaultSnippets: snippets,
  });

function propertiesOf(keys: Entries, { path, users }: Place): Record<string, TSchema> {
  return Object.fromEntries(
    Object.entries(keys).map(([name, entry]) => {
      const place = { path: [...path, name], users: entry.text.usedBy ?? users };
      const schema = isGroup(entry) ? groupSchema(entry, place) : keySchema(entry, place);
      return [name, entry.text.required ? schema : Type.Optional(schema)];
    }),
  );
}

const snippetsOf = (kind: 'model' | 'config'): readonly Snippet[] =>
  architectureNames.flatMap((name) => architectures[name].about.snippets[kind]);

const model: Group = {
  ...configKeys.model,
  keys: { architecture, ...configKeys.model.keys },
  snippets: snippetsOf('model'),
};

const data: Group = {
  ...configKeys.data,
  keys: { source, ...configKeys.data.keys },
  snippets: sourceNames.flatMap((name) => sourceAbouts[name].snippets),
};

export const ConfigSchema = Type.Object(
  {
    $schema: Type.Optional(
      keySchema(
        {
          schema: { type: 'string' },
          range: {},
          text: { title: 'Schema', description: 'The JSON Schema of this file, for other editors.' },
        },
        { path: ['$schema'], users: null },
      ),
    ),
    ...propertiesOf({ ...configKeys, model, data }, { path: [], users: null }),
  },
  {
    ...annotateGroup({ title: 'GAN config', description: 'What to train, on which images, for how long.' }),
    additionalProperties: false,
    defaultSnippets: snippetsOf('config'),
    allowComments: true,
    allowTrailingCommas: true,
  },
);
