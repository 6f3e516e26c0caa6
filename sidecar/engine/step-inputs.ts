/** Checks what a step is given. */
import type { HostTensor, HostTensorMap } from './engine.ts';
import { StepError } from './errors/errors.ts';
import { sizeOf } from './graph/value.ts';

const ARRAY = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** @throws StepError unless `input`'s data fits its shape and type. */
export function checkInput(step: string, name: string, { dtype, shape, data }: HostTensor): void {
  const array = ARRAY[dtype];
  if (array === undefined) throw new StepError(step, `input "${name}" has type ${dtype}; use float32, int32 or bool.`);
  if (!(data instanceof array)) {
    throw new StepError(step, `input "${name}" is ${dtype}, so its data must be a ${array.name}.`);
  }
  const size = sizeOf(shape);
  if (data.length !== size) {
    throw new StepError(step, `input "${name}" has ${data.length} elements, but shape [${shape}] has ${size}.`);
  }
}

/** Equal for inputs that one traced program can take. */
export const signature = (inputs: HostTensorMap): string =>
  Object.keys(inputs)
    .sort()
    .map((name) => `${name}: ${inputs[name]!.dtype}[${inputs[name]!.shape}]`)
    .join('; ');
