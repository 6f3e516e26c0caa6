/** Bytes 0…255 to the range of a tanh output, -1…1. */

const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** Writes `bytes` as float32 in [-1, 1] to `out`, each value `repeat` times (grey to RGB: 3). */
export function writeUnitPixels(bytes: Uint8Array, repeat: number, out: Float32Array, at = 0): void {
  let next = at;
  for (let i = 0; i < bytes.length; i++) {
    const value = unit[bytes[i]!]!;
    for (let k = 0; k < repeat; k++) out[next++] = value;
  }
}
