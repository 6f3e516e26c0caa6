/** What a config says of a model, every default spelled out. */

/** 'conditional-batch' takes scale and shift from the class label. */
export type Normalization = 'batch' | 'conditional-batch' | 'layer' | 'instance' | 'group' | 'pixel' | 'none';

/** How both networks are told the class label. */
export type Conditioning = 'concat' | 'embedding' | 'projection' | 'auxiliary-classifier';

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
