/** The ready configs, in the order in which they are offered; each is `examples/<id>/gan.config.json`. */

export type PresetGroup = 'Adversarial' | 'Objectives' | 'Likelihood' | 'Translation';

export interface Preset {
  /** Its folder under examples/ and the name of its runs. */
  readonly id: string;
  readonly title: string;
  /** What it does, in one line. */
  readonly line: string;
  readonly group: PresetGroup;
  /** What it learns from: drawn by the program, downloaded once, or a person's own images. */
  readonly data: 'drawn' | 'downloaded' | 'own';
}

const presets = {
  Adversarial: [
    ['digits', 'Drawn digits', 'A conditional DCGAN that trains at once: no files, no download.', 'drawn'],
    [
      'mnist',
      'Chapter GAN on MNIST',
      'The textbook chapter’s small GAN: dense generator, convolutional discriminator.',
      'downloaded',
    ],
    [
      'chapter-deep',
      'Deep chapter GAN on MNIST',
      'The chapter’s deeper networks with class labels; takes a day on a CPU.',
      'downloaded',
    ],
    [
      'conditional-mnist',
      'Conditional MNIST',
      'Digits of a chosen class: a DCGAN that is told the label.',
      'downloaded',
    ],
    ['fashion-mnist', 'Fashion-MNIST', 'Clothes of a chosen class, by the same networks.', 'downloaded'],
    ['r3gan', 'R3GAN on MNIST', 'Residual blocks without normalisation; stable, and covers every mode.', 'downloaded'],
    [
      'stacked-mnist',
      'Stacked MNIST',
      'Three digits as colours: does the generator find all 1,000 modes?',
      'downloaded',
    ],
    ['progressive', 'Progressive growing', 'From 4×4 to 32×32 pixels, one resolution after the other.', 'downloaded'],
    ['multi-generator', 'Several generators', 'Three generators share the digits among them (MAD-GAN).', 'drawn'],
    ['icons', 'Icons with transparency', 'R3GAN with adaptive augmentation on a tar or folder of small icons.', 'own'],
    [
      'diffaugment',
      'Few images',
      'A folder of few images, with differentiable augmentation against overfitting.',
      'own',
    ],
  ],
  Objectives: [
    ['non-saturating', 'Non-saturating', 'The usual GAN loss.', 'downloaded'],
    ['minimax', 'Minimax', 'The loss of the theory, whose gradient may vanish.', 'downloaded'],
    ['least-squares', 'Least squares', 'LSGAN: squared distances in place of logarithms.', 'downloaded'],
    ['hinge', 'Hinge', 'SNGAN: hinge loss, residual networks, spectral normalisation.', 'downloaded'],
    ['wasserstein', 'Wasserstein', 'WGAN with clipped weights and RMSProp.', 'downloaded'],
    ['wgan-gp', 'Wasserstein with gradient penalty', 'WGAN-GP: a penalty on the critic’s slope.', 'downloaded'],
    ['dragan', 'DRAGAN', 'A penalty on the slope around real images.', 'downloaded'],
    ['r1', 'R1', 'Zero slope at real images, for convergence.', 'downloaded'],
    ['lecam', 'LeCam', 'Logits held near their running means.', 'downloaded'],
    ['relativistic', 'Relativistic', 'Real against generated in pairs, with R1 and R2.', 'downloaded'],
  ],
  Likelihood: [
    ['vae', 'Variational autoencoder', 'Stable and quick, with softer images than a GAN.', 'downloaded'],
    ['pixelcnn', 'PixelCNN', 'Pixel by pixel, with an exact likelihood in bits per dimension.', 'downloaded'],
  ],
  Translation: [
    ['super-resolution', 'Super-resolution', 'Enlarges images four times (SRGAN).', 'drawn'],
    ['image-to-image', 'Image to image', 'Draws digits from their edges (pix2pix).', 'drawn'],
  ],
} as const satisfies Readonly<Record<PresetGroup, readonly (readonly [string, string, string, Preset['data']])[]>>;

export type PresetId = (typeof presets)[PresetGroup][number][0];

/** Every preset, group by group. */
export const presetList: readonly (Preset & { readonly id: PresetId })[] = (
  Object.keys(presets) as PresetGroup[]
).flatMap((group) => presets[group].map(([id, title, line, data]) => ({ id, title, line, group, data })));

/** The picture of a preset, from the extension's root. */
export const presetPicture = (id: PresetId): string => `media/presets/${id}.png`;

/** The config of a preset, from the program's root. */
export const presetFile = (id: PresetId): string => `examples/${id}/gan.config.json`;

export const isPresetId = (id: string): id is PresetId => presetList.some((preset) => preset.id === id);
