/** All kernels of the recording backend. */
import { blocks } from './blocks.ts';
import { convolutions } from './convolution.ts';
import { counting } from './counting.ts';
import { dataDependent } from './data-dependent.ts';
import { depthwise } from './depthwise.ts';
import { einsum } from './einsum.ts';
import { elementwise } from './elementwise.ts';
import { images } from './image.ts';
import { indexing } from './indexing.ts';
import type { KernelTable } from './kernel.ts';
import { linearAlgebra } from './linear-algebra.ts';
import { multinomials } from './multinomial.ts';
import { normalization } from './normalization.ts';
import { pooling } from './pooling.ts';
import { reductions } from './reduction.ts';
import { resizing } from './resize.ts';
import { shapes } from './shape.ts';
import { sparse } from './sparse.ts';
import { volumes } from './volume.ts';

export const kernels: KernelTable = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...indexing,
  ...counting,
  ...blocks,
  ...linearAlgebra,
  ...einsum,
  ...normalization,
  ...convolutions,
  ...depthwise,
  ...volumes,
  ...pooling,
  ...resizing,
  ...images,
  ...sparse,
  ...dataDependent,
  ...multinomials,
};
