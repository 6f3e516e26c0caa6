/** One small network for every layer and option, to be run by each implementation of `Layers`. */

import type { HostTensor } from '../../sidecar/engine/engine.ts';
import type { Layers } from '../../sidecar/models/layers.ts';
import { numbers } from '../engine/support.ts';

export interface LayerCase {
  /** Values of the batch, the first dimension included; scalars have none. */
  readonly inputs: readonly HostTensor[];
  /** Number of trained values, counted by hand. */
  readonly parameters: number;
  run<V>(layers: Layers<V>, inputs: readonly V[]): V;
}

type Run = LayerCase['run'];

function layer(run: Run, parameters: number, ...inputs: HostTensor[]): LayerCase {
  return { run, parameters, inputs };
}

const features = numbers([4, 6], -1, 1, 1);
const image = numbers([2, 4, 6, 4], -1, 1, 2);
/** Both signs, none near the corner at 0. */
const signed: HostTensor = { ...image, data: image.data.map((x) => x + Math.sign(x) * 0.1) as Float32Array };
const apart = numbers([3, 5], -1, 1, 52);
const wide = numbers([2, 4, 4, 8], -1, 1, 3);
const scalar: HostTensor = { dtype: 'float32', shape: [], data: Float32Array.of(0.3) };
const label: HostTensor = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(0, 1, 0, 0, 0, 1) };

export const layerCases: Readonly<Record<string, LayerCase>> = {
  dense: layer((l, [x]) => l.dense('d', x!, 5), 6 * 5 + 5, features),
  'dense without bias, of an image': layer((l, [x]) => l.dense('d', x!, 3, { bias: false }), 4 * 3, image),
  'dense, equalised': layer((l, [x]) => l.dense('d', x!, 5, { equalized: true, gain: 0.5 }), 35, features),
  'conv2d 3×3': layer((l, [x]) => l.conv2d('c', x!, 3, 3, 1), 9 * 4 * 3 + 3, image),
  'conv2d 4×4 of stride 2, equalised': layer(
    (l, [x]) => l.conv2d('c', x!, 3, 4, 2, { bias: false, equalized: true }),
    16 * 4 * 3,
    image,
  ),
  'conv2d 1×3, valid': layer((l, [x]) => l.conv2d('c', x!, 3, [1, 3], 1, { padding: 'valid' }), 3 * 4 * 3 + 3, image),
  'conv2d 2×3, causal': layer((l, [x]) => l.conv2d('c', x!, 3, [2, 3], 1, { padding: 'causal' }), 75, image),
  'conv2d 2×3, causal rows': layer((l, [x]) => l.conv2d('c', x!, 3, [2, 3], 1, { padding: 'causal-rows' }), 75, image),
  'conv2d 3×3 in 2 groups': layer((l, [x]) => l.conv2d('c', x!, 6, 3, 1, { groups: 2 }), 9 * 2 * 6 + 6, image),
  'conv2d 3×3 in 4 groups of 2, 4 → 8': layer((l, [x]) => l.conv2d('c', x!, 8, 3, 1, { groups: 4 }), 9 * 8 + 8, image),
  'conv2d 1×1 in groups': layer((l, [x]) => l.conv2d('c', x!, 6, 1, 1, { groups: 2 }), 2 * 6 + 6, image),
  'conv2d 3×3 in groups, stride 2': layer((l, [x]) => l.conv2d('c', x!, 6, 3, 2, { groups: 2 }), 114, image),
  'conv2d 4×6, each channel by itself, over the whole map': layer(
    (l, [x]) => l.conv2d('c', x!, 4, [4, 6], 1, { groups: 4, padding: 'valid' }),
    4 * 6 * 4 + 4,
    image,
  ),
  'conv2d in groups, causal': layer(
    (l, [x]) => l.conv2d('c', x!, 4, [2, 2], 1, { groups: 2, padding: 'causal', equalized: true }),
    4 * 2 * 4 + 4,
    image,
  ),
  'conv2dTranspose 5×5 of stride 2': layer((l, [x]) => l.conv2dTranspose('t', x!, 3, 5, 2), 25 * 4 * 3 + 3, image),
  'conv2dTranspose 4×4 of stride 2, equalised': layer(
    (l, [x]) => l.conv2dTranspose('t', x!, 3, 4, 2, { equalized: true, bias: false }),
    16 * 4 * 3,
    image,
  ),
  'a parameter times features': layer(
    (l, [x]) => l.mul(l.parameter('p', [4, 4, 6], 'normal'), x!),
    4 * 4 * 6,
    features,
  ),
  'batch normalisation': layer((l, [x]) => l.normalize('n', x!, 'batch'), 8, image),
  'batch normalisation of features': layer((l, [x]) => l.normalize('n', x!, 'batch'), 12, features),
  'conditional batch normalisation': layer(
    (l, [x, y]) => l.normalize('n', x!, 'conditional-batch', y),
    2 * 3 * 4,
    image,
    label,
  ),
  'layer normalisation': layer((l, [x]) => l.normalize('n', x!, 'layer'), 8, image),
  'layer normalisation of features': layer((l, [x]) => l.normalize('n', x!, 'layer'), 12, features),
  'instance normalisation': layer((l, [x]) => l.normalize('n', x!, 'instance'), 8, image),
  'group normalisation': layer((l, [x]) => l.normalize('n', x!, 'group'), 48, numbers([2, 3, 2, 24], -1, 1, 5)),
  'group normalisation of features': layer((l, [x]) => l.normalize('n', x!, 'group'), 48, numbers([2, 24], -1, 1, 6)),
  'pixel normalisation': layer((l, [x]) => l.normalize('n', x!, 'pixel'), 0, image),
  'no normalisation': layer((l, [x]) => l.normalize('n', x!, 'none'), 0, image),
  leakyRelu: layer((l, [x]) => l.leakyRelu(x!, 0.2), 0, signed),
  relu: layer((l, [x]) => l.relu(x!), 0, signed),
  tanh: layer((l, [x]) => l.tanh(x!), 0, image),
  sigmoid: layer((l, [x]) => l.sigmoid(x!), 0, image),
  'addition of features to an image': layer((l, [x, y]) => l.add(x!, y!), 0, image, numbers([2, 4], -1, 1, 7)),
  'multiplication, broadcast': layer((l, [x, y]) => l.mul(x!, l.sumFeatures(y!)), 0, image, image),
  scale: layer((l, [x]) => l.scale(x!, -1.5), 0, features),
  blend: layer((l, [x, y, share]) => l.blend(x!, y!, share!), 0, image, signed, scalar),
  flatten: layer((l, [x]) => l.flatten(x!), 0, image),
  reshape: layer((l, [x]) => l.reshape(x!, [8, 3, 4]), 0, image),
  'concat of features beside an image': layer((l, [x, y]) => l.concat([x!, y!]), 0, image, label),
  'concat of a parameter': layer((l, [x]) => l.concat([l.parameter('p', [4, 6, 2], 'normal'), x!]), 48, image),
  split: layer(
    (l, [x]) => {
      const [a, b] = l.split(x!, 2);
      return l.mul(l.tanh(a!), l.sigmoid(b!));
    },
    0,
    image,
  ),
  shift: layer((l, [x]) => l.shift(x!, 1, 2), 0, image),
  'shift by nothing': layer((l, [x]) => l.shift(x!, 0, 0), 0, image),
  'upsample, nearest': layer((l, [x]) => l.upsample(x!, 'nearest'), 0, image),
  'upsample, bilinear': layer((l, [x]) => l.upsample(x!, 'bilinear'), 0, image),
  'shrink by 2': layer((l, [x]) => l.shrink(x!, 2), 0, image),
  downsample: layer((l, [x]) => l.downsample(x!), 0, image),
  pixelShuffle: layer((l, [x]) => l.pixelShuffle(x!, 2), 0, wide),
  sumPixels: layer((l, [x]) => l.sumPixels(x!), 0, image),
  sumFeatures: layer((l, [x]) => l.sumFeatures(x!), 0, image),
  selfAttention: layer((l, [x]) => l.selfAttention('a', x!), 2 * 8 * 1 + 2 * 8 * 4 + 1, wide),
  'minibatch standard deviation': layer((l, [x]) => l.minibatchStandardDeviation(x!, 2), 0, numbers([4, 2, 2, 3])),
  'minibatch standard deviation, groups that do not divide the batch': layer(
    (l, [x]) => l.minibatchStandardDeviation(x!, 4),
    0,
    numbers([6, 3]),
  ),
  // No two examples are near each other along any dimension, where distances have a corner.
  // No two examples are near each other along any dimension, where distances have a corner.
  'minibatch discrimination': layer((l, [x]) => l.minibatchDiscrimination('m', x!, 2, 2), 20, apart),
};
