/** BMP files of every kind, written from their description: sharp writes none. */

/** Red, green, blue. */
export type Colour = readonly [number, number, number];

export interface BmpKind {
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  /** Of the header: 40 to 124. Default: 40. */
  readonly headerSize?: number;
  /** Rows from top to bottom instead of from bottom to top. */
  readonly topDown?: boolean;
  /** Empty bytes between header and pixels. */
  readonly gap?: number;
  /** Opacity of every pixel, 0 to 255; only with 32 bits and a header of at least 56. */
  readonly alpha?: number;
  readonly compression?: number;
}

/** `pixels` row by row from the top. Up to 2^bits colours where bits are 8 or fewer. */
export function bmp(width: number, height: number, pixels: readonly Colour[], kind: BmpKind): Buffer {
  const { bits, headerSize = 40, topDown = false, gap = 0, alpha, compression = alpha === undefined ? 0 : 3 } = kind;
  const names = [...new Set(pixels.map(String))];
  const palette = bits > 8 ? [] : [...names.map((name) => name.split(',').map(Number)), [9, 9, 9]];
  const rows = Array.from({ length: height }, (_, i) => {
    const y = topDown ? i : height - 1 - i;
    return row(pixels.slice(y * width, (y + 1) * width), names, bits, alpha ?? 0);
  });
  const body = Buffer.concat(rows);
  const start = 14 + headerSize + 4 * palette.length + gap;
  const head = Buffer.alloc(start);
  head.write('BM');
  head.writeUInt32LE(start + body.length, 2);
  head.writeUInt32LE(start, 10);
  head.writeUInt32LE(headerSize, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(topDown ? -height : height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(body.length, 34);
  head.writeUInt32LE(palette.length, 46);
  if (alpha !== undefined) {
    [0xff0000, 0xff00, 0xff, 0xff000000].forEach((mask, i) => {
      head.writeUInt32LE(mask, 54 + 4 * i);
    });
  }
  palette.forEach(([red, green, blue], i) => {
    head.set([blue!, green!, red!], 14 + headerSize + 4 * i);
  });
  return Buffer.concat([head, body]);
}

function row(pixels: readonly Colour[], names: readonly string[], bits: number, alpha: number): Buffer {
  const bytes = Buffer.alloc(4 * Math.ceil((pixels.length * bits) / 32));
  pixels.forEach((pixel, x) => {
    const [red, green, blue] = pixel;
    if (bits >= 24) bytes.set(bits === 24 ? [blue, green, red] : [blue, green, red, alpha], (x * bits) / 8);
    else if (bits === 16) bytes.writeUInt16LE(((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3), 2 * x);
    else bytes[Math.floor((x * bits) / 8)]! |= names.indexOf(String(pixel)) << (8 - bits - ((x * bits) % 8));
  });
  return bytes;
}
