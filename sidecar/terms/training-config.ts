/** What a config says of training and of watching it, every default spelled out. */

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

/** When a run writes what can be looked at, and how much it keeps. */
export interface MonitorConfig {
  readonly logEvery: number;
  /** Steps; or null to go by epochs or seconds alone. */
  readonly sampleEvery: number | null;
  readonly sampleEveryEpochs: number | null;
  readonly sampleEverySeconds: number | null;
  readonly checkpointEvery: number;
  readonly keepCheckpoints: number;
  readonly gridSize: number;
}
