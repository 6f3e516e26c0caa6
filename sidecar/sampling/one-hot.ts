import type { HostTensor } from '../engine/engine.ts';

/** Class numbers as one-hot rows, float32 [n, classes]. */
export function oneHot(labels: ArrayLike<number>, classes: number): HostTensor {
  const data = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) data[i * classes + (labels[i] ?? 0)] = 1;
  return { dtype: 'float32', shape: [labels.length, classes], data };
}
