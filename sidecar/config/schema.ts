/**
 * The config: one schema is the source of the TypeScript type, the runtime check, the JSON Schema
 * that VS Code reads (`schemas/gan.schema.json`, generated) and the hovers. Its groups stand in
 * `schema/`, one file each; what a config leaves out, in `defaults.ts`.
 */
import { type Static, Type } from 'typebox';
import { architectureNames, architectures } from '../models/index.ts';
import { AugmentationSchema } from './schema/augmentation.ts';
import { DataSchema } from './schema/data.ts';
import { DeviceFallbackSchema, DeviceSchema } from './schema/device.ts';
import { annotate, group, string } from './schema/key.ts';
import { ModelSchema } from './schema/model.ts';
import { MonitorSchema } from './schema/monitor.ts';
import { ObjectiveSchema } from './schema/objective.ts';
import { OptimizerSchema } from './schema/optimizer.ts';
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
    augmentation: Type.Optional(AugmentationSchema),
    data: DataSchema,
    optimizer: Type.Optional(OptimizerSchema),
    training: Type.Optional(TrainingSchema),
    monitor: Type.Optional(MonitorSchema),
    device: Type.Optional(DeviceSchema),
    deviceFallback: Type.Optional(DeviceFallbackSchema),
  },
  {
    ...group(
      { title: 'GAN config', description: 'What to train, on which images, for how long.' },
      architectureNames.flatMap((name) => architectures[name].about.snippets.config),
    ),
    allowComments: true,
    allowTrailingCommas: true,
  },
);

/** The config as a person writes it. */
export type Config = Static<typeof ConfigSchema>;
