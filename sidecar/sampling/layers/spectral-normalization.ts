/**
 * Spectral normalisation (Miyato et al. 2018): a kernel divided by its largest singular value σ, so
 * that the layer stretches no distance.
 *
 * σ is estimated by power iteration from a left singular vector u that is kept between steps, as
 * ‖Wᵀu‖ = uᵀWv with v = Wᵀu / ‖Wᵀu‖. Its derivative by W is uvᵀ, the one of the paper (eq. 11): u is
 * a variable of its own and v's share is zero, since v is the best there is for u.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Keeps a kernel of zeros, which has no direction, from dividing by zero. */
const TINY = 1e-12;

const normalised = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.add(tf.norm(x), TINY));

/** The kernel as a matrix [inputs, units]: one column for each output. */
function matrixOf(kernel: tf.Tensor, unitAxis: number): tf.Tensor2D {
  const axis = (unitAxis + kernel.rank) % kernel.rank;
  const units = kernel.shape[axis] ?? 1;
  if (axis === kernel.rank - 1) return tf.reshape(kernel, [-1, units]);
  const others = [...kernel.shape.keys()].filter((each) => each !== axis);
  return tf.reshape(tf.transpose(kernel, [...others, axis]), [-1, units]);
}

/**
 * `kernel` / σ. `u` [units] has any length but 0; where `improve`, one power iteration assigns it first.
 * `unitAxis` is the kernel's axis of outputs.
 */
export function spectrallyNormalised(kernel: tf.Tensor, u: tf.Variable, unitAxis: number, improve: boolean): tf.Tensor {
  const matrix = matrixOf(kernel, unitAxis);
  if (improve) {
    const column = tf.reshape(u, [-1, 1]) as tf.Tensor2D;
    const v = normalised(tf.matMul(matrix, column));
    u.assign(tf.reshape(normalised(tf.matMul(matrix, v as tf.Tensor2D, true)), u.shape));
  }
  const along = tf.matMul(matrix, tf.reshape(normalised(u), [-1, 1]) as tf.Tensor2D);
  return tf.div(kernel, tf.add(tf.sqrt(tf.sum(tf.square(along))), TINY));
}
