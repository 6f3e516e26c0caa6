/** One axis of a convolution, as a circular convolution of stride 1 over the phases of its input. */

export interface CircularAxis {
  /** Pixels of the input and of the output. */
  readonly length: number;
  readonly out: number;
  readonly stride: number;
  /** Positions in each phase: pixel = position × stride + phase. */
  readonly positions: number;
  /** For every tap of the kernel: the phase it reads, and how many positions on. */
  readonly taps: readonly { readonly phase: number; readonly shift: number }[];
  /** The least period that keeps what wraps around out of the output. */
  readonly period: number;
}

/** All sizes in pixels; `padding` is what stands before the first pixel. */
export function circularAxis(
  length: number,
  out: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: number,
): CircularAxis {
  const taps = Array.from({ length: kernel }, (_, tap) => {
    const reach = tap * dilation - padding;
    const shift = Math.floor(reach / stride);
    return { phase: reach - shift * stride, shift };
  });
  const positions = Math.ceil(length / stride);
  const shifts = taps.map(({ shift }) => shift);
  const period = Math.max(positions - Math.min(...shifts), out + Math.max(...shifts), positions);
  return { length, out, stride, positions, taps, period };
}
