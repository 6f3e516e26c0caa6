/** What a discriminator concludes from its features: real or not, and where asked which class. */
import type { AdversarialArchitecture, ModelSpec, Reconstruction } from './architecture.ts';
import type { Layers } from './layers.ts';

export interface Judgement<V> {
  /**
   * [1], or [height, width, 1] with one logit a patch. With several generators (MAD-GAN, Ghosh et al.
   * 2018) [generators + 1], before a softmax: made by generator 1, 2, …, and last: real.
   */
  readonly logits: V;
  /** Logits of an auxiliary classifier, [classes]; null without one. */
  readonly classLogits: V | null;
  /** What the architecture returned: [features] or [height, width, features]. */
  readonly features: V;
  /** What a decoder makes again from the features; null where none was asked for, or the architecture has none. */
  readonly reconstruction: Reconstruction<V> | null;
}

/** Kernel of the last convolution where every patch is judged (pix2pix). */
const PATCH_KERNEL = 4;
/** Of Karras et al. 2018. */
const DEVIATION_GROUP = 4;
/** Salimans et al. (2016) take 100 kernels of 5 dimensions; half of them will do for small images. */
const KERNELS = 50;
const KERNEL_DIMENSIONS = 5;

/** `label` is one-hot [classes · pac], or null for a model without classes. */
export function judge<V>(
  layers: Layers<V>,
  architecture: AdversarialArchitecture,
  features: V,
  label: V | null,
  spec: ModelSpec,
): Omit<Judgement<V>, 'reconstruction'> {
  const options = architecture.head ?? {};
  const seen = architecture.seesBatch ? features : seeBatch(layers, features, spec);
  const patches = layers.shape(features).length === 3;
  const real = patches
    ? layers.conv2d('head', seen, 1, PATCH_KERNEL, 1, options)
    : layers.dense('head', seen, spec.generators > 1 ? spec.generators + 1 : 1, options);
  const logits =
    label !== null && spec.conditioning === 'projection'
      ? layers.add(real, projection(layers, architecture, features, label))
      : real;
  const classLogits =
    label !== null && spec.conditioning === 'auxiliary-classifier'
      ? layers.dense('classifier', patches ? meanOfPixels(layers, features) : features, spec.classes, options)
      : null;
  return { logits, classLogits, features };
}

/** ⟨embedding of the class, features⟩, at every pixel of a map (Miyato and Koyama 2018, equation 3). */
function projection<V>(layers: Layers<V>, architecture: AdversarialArchitecture, features: V, label: V): V {
  const shape = layers.shape(features);
  const width = shape.at(-1) ?? 0;
  const embedding = layers.dense('projection', label, width, { ...architecture.head, bias: false });
  const placed = shape.length === 3 ? layers.reshape(embedding, [1, 1, width]) : embedding;
  return layers.sumFeatures(layers.mul(placed, features));
}

function meanOfPixels<V>(layers: Layers<V>, map: V): V {
  const [height = 1, width = 1] = layers.shape(map);
  return layers.scale(layers.sumPixels(map), 1 / (height * width));
}

function seeBatch<V>(layers: Layers<V>, features: V, { minibatch }: ModelSpec): V {
  if (minibatch === 'none') return features;
  if (minibatch === 'discrimination') {
    return layers.minibatchDiscrimination('minibatch', features, KERNELS, KERNEL_DIMENSIONS);
  }
  return standardDeviation(layers, features);
}

/** The layer of Karras et al. (2018), of features as of one pixel. */
export function standardDeviation<V>(layers: Layers<V>, features: V): V {
  const shape = layers.shape(features);
  if (shape.length === 3) return layers.minibatchStandardDeviation(features, DEVIATION_GROUP);
  const pixel = layers.reshape(features, [1, 1, shape[0] ?? 0]);
  return layers.flatten(layers.minibatchStandardDeviation(pixel, DEVIATION_GROUP));
}
