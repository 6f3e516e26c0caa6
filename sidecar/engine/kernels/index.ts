/** All kernels of the recording backend. */
import { convolutions } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import type { KernelTable } from './kernel.ts';
import { linearAlgebra } from './linear-algebra.ts';
import { normalization } from './normalization.ts';
import { reductions } from './reduction.ts';
import { shapes } from './shape.ts';

export const kernels: KernelTable = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...linearAlgebra,
  ...normalization,
  ...convolutions,
};
