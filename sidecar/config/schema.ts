/**
 * The config: one schema is the source of the TypeScript type, the runtime check, the JSON Schema
 * that VS Code reads (`schemas/gan.schema.json`, generated) and the hovers. Its groups stand in
 * `schema/`, one file each; what a config leaves out, in `presets.ts`.
 */
import { type Static, Type } from 'typebox';
import { DataSchema } from './schema/data.ts';
import { DeviceFallbackSchema, DeviceSchema } from './schema/device.ts';
import { annotate, group, string } from './schema/key.ts';
import { ModelSchema } from './schema/model.ts';
import { MonitorSchema } from './schema/monitor.ts';
import { ObjectiveSchema } from './schema/objective.ts';
import { OptimizerSchema } from './schema/optimizer.ts';
import { configSnippets } from './schema/snippets.ts';
import { TrainingSchema } from './schema/training.ts';

/** Also a folder's name on every system: no separators, no dot or space at an end. */
export const namePattern = '^[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,62}[A-Za-z0-9_-])?$';

export const ConfigSchema = Type.Object(
  {
    $schema: Type.Optional(
      Type.String(annotate({ title: 'Schema', description: 'The JSON Schema of this file, for other editors.' })),
    ),
    name: Type.Optional(
      string(
        {
          title: 'Name',
          description: 'What the runs of this config are called, and their folder under .gan/runs.',
          details: 'Letters, digits, spaces, dots, dashes and underscores; at most 64.',
          defaultText: 'the name of the file, or of its folder for `gan.config.json`',
          examples: ['digits'],
        },
        {
          pattern: namePattern,
          patternErrorMessage:
            'A name begins with a letter or digit, then come letters, digits, spaces, dots, dashes and underscores (no space or dot at the end); at most 64.',
        },
      ),
    ),
    model: ModelSchema,
    objective: Type.Optional(ObjectiveSchema),
    data: DataSchema,
    optimizer: Type.Optional(OptimizerSchema),
    training: Type.Optional(TrainingSchema),
    monitor: Type.Optional(MonitorSchema),
    device: Type.Optional(DeviceSchema),
    deviceFallback: Type.Optional(DeviceFallbackSchema),
  },
  {
    ...group({ title: 'GAN config', description: 'What to train, on which images, for how long.' }, configSnippets),
    allowComments: true,
    allowTrailingCommas: true,
  },
);

/** The config as a person writes it. */
export type Config = Static<typeof ConfigSchema>;
export type ArchitectureName = Config['model']['architecture'];
export type DeviceChoice = NonNullable<Config['device']>;
export type DeviceFallback = NonNullable<Config['deviceFallback']>;

/** Adam (Kingma and Ba 2014). */
export interface AdamConfig {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** The config with every default spelled out; what `config.json` in a run directory holds. */
export interface ResolvedConfig {
  readonly name: string;
  readonly model: {
    readonly architecture: ArchitectureName;
    readonly latentSize: number;
    readonly conditional: boolean;
    readonly baseChannels: number;
  };
  readonly objective: { readonly loss: 'non-saturating' | 'minimax' };
  readonly data: {
    readonly source: Config['data']['source'];
    /** Absolute, or null where the source needs none. */
    readonly path: string | null;
    readonly labels: string | null;
    /** null: as the data has it. */
    readonly imageSize: number | null;
    readonly channels: 1 | 3 | null;
    readonly resize: 'crop' | 'pad' | 'stretch' | 'refuse';
  };
  readonly optimizer: { readonly generator: AdamConfig; readonly discriminator: AdamConfig };
  /** Exactly one of steps and epochs is not null. */
  readonly training: {
    readonly steps: number | null;
    readonly epochs: number | null;
    readonly batchSize: number;
    readonly seed: number;
  };
  readonly monitor: {
    readonly logEvery: number;
    /** Steps; or null to go by epochs or seconds alone. */
    readonly sampleEvery: number | null;
    readonly sampleEveryEpochs: number | null;
    readonly sampleEverySeconds: number | null;
    readonly checkpointEvery: number;
    readonly keepCheckpoints: number;
    readonly gridSize: number;
  };
  readonly device: DeviceChoice;
  readonly deviceFallback: DeviceFallback;
}
