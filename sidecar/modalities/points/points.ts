/** Points in the plane: previews show generated ones over real ones. */
import sharp from 'sharp';
import type { HostTensor } from '../../engine/engine.ts';
import type { Modality } from '../modality.ts';

/** Points of each kind that a preview shows. */
const COUNT = 1000;
/** Height and width of the picture, in pixels. */
const SIZE = 640;
const RADIUS = 3;

/** Told apart on light and on dark ground, and by people who see no difference between red and green. */
const REAL = { fill: '#8c8c8c', opacity: 0.45 } as const;
const GENERATED = { fill: '#2f8fff', opacity: 0.8 } as const;

export const points: Modality = {
  name: 'points',

  request: () => ({ count: COUNT, columns: 1 }),

  async preview({ examples }, { real }) {
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}">` +
      `<rect x="0.5" y="0.5" width="${SIZE - 1}" height="${SIZE - 1}" fill="none" stroke="#8c8c8c" stroke-opacity="0.4"/>` +
      `${dots(await real(COUNT), REAL)}${dots(examples, GENERATED)}</svg>`;
    const bytes = await sharp(Buffer.from(svg)).png().toBuffer();
    const colours = [GENERATED.fill, REAL.fill];
    const layout = { kind: 'scatter', columns: ['generated', 'real'], pitch: 0, colours } as const;
    return { layout, mime: 'image/png', bytes, width: SIZE, height: SIZE, channels: 4 };
  },
};

/** [n, 2] in [−1, 1]; y grows upwards. */
function dots({ data, shape: [count = 0] }: HostTensor, { fill, opacity }: typeof REAL | typeof GENERATED): string {
  const place = (value: number) => (((value + 1) / 2) * SIZE).toFixed(1);
  const circles = Array.from({ length: count }, (_, i) => {
    const [x = 0, y = 0] = [data[2 * i], data[2 * i + 1]];
    return `<circle cx="${place(x)}" cy="${place(-y)}" r="${RADIUS}"/>`;
  });
  return `<g fill="${fill}" fill-opacity="${opacity}">${circles.join('')}</g>`;
}
