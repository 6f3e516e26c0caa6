/** Inputs of image-to-image that are made from the image itself. */

/**
 * Rec. 709 luma of float pixels in [-1, 1] as they are, not linearised; alpha lets black shine through.
 * @param into [area]
 */
export function luma(pixels: Float32Array, channels: number, into: Float32Array): void {
  for (let at = 0; at < into.length; at++) {
    const first = at * channels;
    if (channels === 1) {
      into[at] = pixels[first]!;
      continue;
    }
    const grey = 0.2126 * pixels[first]! + 0.7152 * pixels[first + 1]! + 0.0722 * pixels[first + 2]!;
    const opacity = channels === 4 ? (pixels[first + 3]! + 1) / 2 : 1;
    into[at] = (grey + 1) * opacity - 1;
  }
}

/**
 * Sobel's edges: the length of the gradient by two 3×3 filters, 1 where it is as long as at a straight
 * step from black to white, or longer, and -1 where nothing changes. The border is repeated outwards.
 * @param grey [size, size] in [-1, 1]
 * @param into the same
 */
export function sobel(grey: Float32Array, size: number, into: Float32Array): void {
  const last = size - 1;
  for (let y = 0; y < size; y++) {
    const above = Math.max(0, y - 1) * size;
    const here = y * size;
    const below = Math.min(last, y + 1) * size;
    for (let x = 0; x < size; x++) {
      const left = Math.max(0, x - 1);
      const right = Math.min(last, x + 1);
      const [a, b, c] = [grey[above + left]!, grey[above + x]!, grey[above + right]!];
      const [d, e] = [grey[here + left]!, grey[here + right]!];
      const [f, g, h] = [grey[below + left]!, grey[below + x]!, grey[below + right]!];
      const across = c + 2 * e + h - a - 2 * d - f;
      const down = f + 2 * g + h - a - 2 * b - c;
      // A step from -1 to 1 has a gradient of 4 × 2.
      into[here + x] = Math.min(1, Math.hypot(across, down) / 4 - 1);
    }
  }
}
