/** The config with every default spelled out; what `config.json` in a run directory holds. */
import type { AugmentationOperation } from '../augmentations/abouts.ts';
import type { ArchitectureName } from '../models/index.ts';
import type { LossName, PenaltyName } from '../objectives/abouts.ts';
import type { Config } from './schema.ts';

export type { ArchitectureName, AugmentationOperation, LossName };

export type DeviceChoice = NonNullable<Config['device']>;
export type DeviceFallback = NonNullable<Config['deviceFallback']>;

/** 'conditional-batch' takes scale and shift from the class label. */
export type Normalization = 'batch' | 'conditional-batch' | 'layer' | 'instance' | 'group' | 'pixel' | 'none';

/** How both networks are told the class label. */
export type Conditioning = 'concat' | 'embedding' | 'projection' | 'auxiliary-classifier';

export interface ModelConfig extends ModelOptions {
  readonly architecture: ArchitectureName;
}

/** What there is to choose of an architecture. */
export interface ModelOptions {
  readonly latentSize: number;
  /** Width of the narrowest convolution. */
  readonly baseChannels: number;
  /** Residual blocks at each resolution (r3gan), or in all (super-resolution). */
  readonly blocks: number;
  readonly conditional: boolean;
  readonly conditioning: Conditioning;
  readonly normalization: { readonly generator: Normalization; readonly discriminator: Normalization };
  /** Networks whose every kernel is divided by its largest singular value. */
  readonly spectralNormalization: 'none' | 'generator' | 'discriminator' | 'both';
  /** Self-attention at the map of 16 pixels, or the nearest to it. */
  readonly selfAttention: boolean;
  /** Rate of dropout in the discriminator (of every block, for a VAE or an autoregressive model), 0 to below 1. */
  readonly dropout: number;
  /** What the discriminator sees of the rest of its batch. */
  readonly minibatch: 'none' | 'standard-deviation' | 'discrimination';
  /** Images the discriminator judges together (PacGAN). */
  readonly pac: number;
  /** Generators that share one discriminator, which names them (MAD-GAN). */
  readonly generators: number;
  /** Super-resolution: high over low resolution, 2 or 4. */
  readonly scale: number;
  /** Autoregressive: number of values a pixel may have, 2 to 256. */
  readonly levels: number;
}

/** Weights of the discriminator's regularisers; 0 is off. */
export type PenaltyConfig = Readonly<Record<PenaltyName, number>>;

export interface ObjectiveConfig {
  readonly loss: LossName;
  /** Discriminator updates to one of the generator (critic steps), each on a batch of its own. */
  readonly discriminatorSteps: number;
  /** One-sided: real images count as 1 − labelSmoothing. */
  readonly labelSmoothing: number;
  /** Bound of the critic's weights after each update; 0 is none. */
  readonly weightClip: number;
  readonly penalties: PenaltyConfig;
  /** Weights of the generator's further terms; 0 is off. */
  readonly featureMatching: number;
  /** Mode seeking: weight of the ratio of distances between latents and between images. */
  readonly diversity: number;
  /** Weight of the mean absolute difference to the wanted image (super-resolution, image-to-image). */
  readonly content: number;
  /** Weight of the auxiliary classifier's cross-entropy. */
  readonly classification: number;
  /** Of a VAE's decoder. */
  readonly likelihood: 'bernoulli' | 'gaussian';
  /** Weight of a VAE's KL divergence. */
  readonly beta: number;
}

/** What is done to every image that the discriminator sees, real or generated, differentiably. */
export interface AugmentationConfig {
  readonly operations: readonly AugmentationOperation[];
  /** With which an image is augmented; where adaptive, at the beginning. */
  readonly probability: number;
  /** Moves the probability so that the overfitting heuristic r_t stays at `target` (ADA). */
  readonly adaptive: boolean;
  readonly target: number;
  /** Standard deviation of instance noise at the beginning; it falls linearly to 0. */
  readonly instanceNoise: number;
  /** Images until instance noise is 0. */
  readonly instanceNoiseImages: number;
}

export interface OptimizerConfig {
  readonly kind: 'adam' | 'adamw' | 'rmsprop' | 'sgd';
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Of SGD and RMSProp. */
  readonly momentum: number;
  /** Weight of the past in RMSProp's mean square. */
  readonly decay: number;
  /** AdamW: share of a weight that one update takes away, before the learning rate. */
  readonly weightDecay: number;
  /** L2: half of this times the squared weights joins the loss. */
  readonly l2: number;
  /** Largest norm of all gradients together; 0 is none. */
  readonly clipNorm: number;
}

/** Learning rate of both networks over the run, as a factor. */
export interface ScheduleConfig {
  readonly kind: 'constant' | 'step' | 'exponential' | 'cosine';
  /** Images over which the factor first rises from 0 to 1. */
  readonly warmupImages: number;
  /** Images between two falls ('step'), or in which it falls by `factor` ('exponential'). */
  readonly everyImages: number;
  readonly factor: number;
}

/** R3GAN: over the first images, each number goes by half a cosine from its start to its configured value. */
export interface BurnInConfig {
  /** 0: none. */
  readonly images: number;
  /** Start of the learning rate, as a multiple. */
  readonly learningRate: number;
  /** Start of the weights r1 and r2, as a multiple. */
  readonly penalty: number;
  /** Start of the optimizers' beta2. */
  readonly beta2: number;
}

export interface ResolvedConfig {
  readonly name: string;
  readonly model: ModelConfig;
  readonly objective: ObjectiveConfig;
  readonly augmentation: AugmentationConfig;
  readonly data: DataConfig;
  /** A model of one network (VAE, autoregressive) uses the generator's. */
  readonly optimizer: { readonly generator: OptimizerConfig; readonly discriminator: OptimizerConfig };
  readonly training: TrainingConfig;
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

export interface DataConfig {
  readonly source: Config['data']['source'];
  /** Absolute, or null where the source needs none. */
  readonly path: string | null;
  readonly labels: string | null;
  /** Names of the columns of a table, or of the arrays of an NPZ file; null: found by the usual names. */
  readonly columns: { readonly image: string | null; readonly label: string | null };
  /** Numbers that stand for black and white, where images are numbers; null: as these say. */
  readonly pixelRange: readonly [number, number] | null;
  /** null: as the data has it. */
  readonly imageSize: number | null;
  readonly channels: 1 | 3 | 4 | null;
  readonly resize: 'crop' | 'pad' | 'stretch' | 'refuse';
  /** What image-to-image translates from: made from the image itself, or a folder of files with the same names. */
  readonly input: 'edges' | 'grey' | 'folder';
  /** Absolute; of input 'folder'. */
  readonly inputPath: string | null;
  /** Changes to real images that keep their labels, drawn anew each epoch. */
  readonly augment: {
    /** Mirrors left and right, half of the time. */
    readonly flip: boolean;
    /** Moves by up to this many pixels each way. */
    readonly shift: number;
  };
  /** The set that source 'points' draws where `path` is null. */
  readonly points: NonNullable<Config['data']['points']>;
  /** Every batch holds all classes in equal parts, as far as it can. */
  readonly balanceClasses: boolean;
}

export interface TrainingConfig {
  /** Exactly one of steps and epochs is not null. */
  readonly steps: number | null;
  readonly epochs: number | null;
  readonly batchSize: number;
  readonly seed: number;
  readonly schedule: ScheduleConfig;
  readonly burnIn: BurnInConfig;
  /** Images after which old weights count half in the average that samples are made with; 0: no average. */
  readonly emaHalfLife: number;
  /** Progressive growing: images for each fade-in, and as many again before the next. */
  readonly growEvery: number;
}
