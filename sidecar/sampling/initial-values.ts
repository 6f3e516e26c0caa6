/** Initial values of weights, a pure function of what they are and the run's seed. */
import { elements, type WeightSpec } from '../models/shape-layers.ts';
import { normals, uniforms } from './counter-random.ts';

/** Values for `spec`, which depend on seed and name alone, times its gain. */
export function initialValues(spec: WeightSpec, name: string, seed: number): Float32Array {
  const values = drawn(spec, name, seed);
  return spec.gain === 1 ? values : values.map((x) => spec.gain * x);
}

function drawn({ init, shape, fanIn, fanOut }: WeightSpec, name: string, seed: number): Float32Array {
  const count = elements(shape);
  switch (init) {
    case 'zeros':
      return new Float32Array(count);
    case 'ones':
      return new Float32Array(count).fill(1);
    case 'normal':
      return normals(seed, name, count);
    case 'normal-0.02':
      return normals(seed, name, count).map((x) => 0.02 * x);
    case 'he-normal': {
      const deviation = Math.sqrt(2 / fanIn);
      return normals(seed, name, count).map((x) => deviation * x);
    }
    case 'orthogonal':
      return orthogonal(normals(seed, name, count), shape.at(-1) ?? 1);
    case 'glorot-uniform': {
      const limit = Math.sqrt(6 / (fanIn + fanOut));
      return uniforms(seed, name, count).map((x) => limit * (2 * x - 1));
    }
  }
}

/**
 * Makes the rows of a matrix with `columns` columns orthonormal, or its columns where they are fewer,
 * by modified Gram-Schmidt: uniformly distributed where the entries are normal (Saxe et al. 2014).
 */
function orthogonal(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const at = (vector: number, element: number) =>
    rows < columns ? vector * columns + element : element * columns + vector;
  const vectors = Array.from({ length: count }, (_, vector) =>
    Float64Array.from({ length }, (__, element) => matrix[at(vector, element)] ?? 0),
  );
  for (const [done, vector] of vectors.entries()) {
    const norm = Math.sqrt(inner(vector, vector));
    for (const [element, value] of vector.entries()) vector[element] = value / norm;
    for (const later of vectors.slice(done + 1)) {
      const along = inner(later, vector);
      for (const [element, value] of vector.entries()) later[element] = (later[element] ?? 0) - along * value;
    }
  }
  const values = new Float32Array(matrix.length);
  for (const [vector, entries] of vectors.entries()) {
    for (const [element, value] of entries.entries()) values[at(vector, element)] = value;
  }
  return values;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}
