/**
 * The config: one schema is the source of the TypeScript type, the runtime check, the JSON Schema
 * that VS Code reads (`schemas/gan.schema.json`, generated) and the hovers.
 *
 * Defaults that depend on the architecture stand in `presets.ts`; a default given here holds for all.
 */
import { type Static, Type } from 'typebox';

const choice = <const T extends readonly string[]>(
  values: T,
  descriptions: Record<T[number], string>,
  options: object,
) =>
  Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...values],
    markdownEnumDescriptions: values.map((value) => descriptions[value as T[number]]),
    ...options,
  });

const closed = { additionalProperties: false } as const;

export const ModelSchema = Type.Object(
  {
    architecture: choice(
      ['chapter-mlp-conv', 'chapter-deep', 'dcgan'],
      {
        'chapter-mlp-conv':
          'Dense generator 256-512, convolutional discriminator 64-128. 28×28 or any size and channels.',
        'chapter-deep': 'Five dense and five convolutional layers against five convolutional and two dense.',
        dcgan: 'Deep convolutional GAN (Radford et al. 2015).',
      },
      {
        title: 'Architecture',
        description: 'The pair of networks to train. It also chooses the defaults of every other group.',
      },
    ),
    latentSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 4096 })),
    conditional: Type.Optional(Type.Boolean()),
    baseChannels: Type.Optional(Type.Integer({ minimum: 4, maximum: 512 })),
  },
  closed,
);

export const ObjectiveSchema = Type.Object(
  {
    loss: Type.Optional(choice(['non-saturating', 'minimax'], { 'non-saturating': '', minimax: '' }, {})),
  },
  closed,
);

export const DataSchema = Type.Object(
  {
    source: choice(
      ['digits', 'mnist', 'fashion-mnist', 'idx', 'folder'],
      { digits: '', mnist: '', 'fashion-mnist': '', idx: '', folder: '' },
      {},
    ),
    /** IDX images file, folder of images, or (mnist, fashion-mnist) a folder that holds the four files. */
    path: Type.Optional(Type.String({ minLength: 1 })),
    /** IDX labels file. */
    labels: Type.Optional(Type.String({ minLength: 1 })),
    imageSize: Type.Optional(Type.Integer({ minimum: 8, maximum: 256 })),
    channels: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(3)])),
    resize: Type.Optional(
      choice(['crop', 'pad', 'stretch', 'refuse'], { crop: '', pad: '', stretch: '', refuse: '' }, {}),
    ),
  },
  closed,
);

const AdamSchema = Type.Object(
  {
    learningRate: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
    beta1: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1 })),
    beta2: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 1 })),
  },
  closed,
);

export const OptimizerSchema = Type.Object(
  { generator: Type.Optional(AdamSchema), discriminator: Type.Optional(AdamSchema) },
  closed,
);

export const TrainingSchema = Type.Object(
  {
    /** Exactly one of steps and epochs may be given. */
    steps: Type.Optional(Type.Integer({ minimum: 1 })),
    epochs: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 65536 })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4294967295 })),
  },
  closed,
);

export const MonitorSchema = Type.Object(
  {
    logEvery: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Steps between sample grids. */
    sampleEvery: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Epochs between sample grids; instead of sampleEvery. */
    sampleEveryEpochs: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** Seconds after which a grid is drawn even if fewer steps have passed. */
    sampleEverySeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    checkpointEvery: Type.Optional(Type.Integer({ minimum: 1 })),
    keepCheckpoints: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Rows and columns of the grid. */
    gridSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 16 })),
  },
  closed,
);

export const ConfigSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}$' })),
    model: ModelSchema,
    objective: Type.Optional(ObjectiveSchema),
    data: DataSchema,
    optimizer: Type.Optional(OptimizerSchema),
    training: Type.Optional(TrainingSchema),
    monitor: Type.Optional(MonitorSchema),
    device: Type.Optional(
      choice(
        ['auto', 'cpu', 'webgpu', 'cuda', 'tensorflow'],
        { auto: '', cpu: '', webgpu: '', cuda: '', tensorflow: '' },
        {},
      ),
    ),
  },
  { ...closed, title: 'gan.config.json' },
);

/** The config as a person writes it. */
export type Config = Static<typeof ConfigSchema>;
export type ArchitectureName = Config['model']['architecture'];
export type DeviceChoice = NonNullable<Config['device']>;

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
}
