/**
 * `digits`: handwritten-looking digits drawn by the project itself, so that the first run needs no
 * download. Endless and labelled: image i is always the same, and shows the digit i mod 10.
 */

import { hash } from '../permutation.ts';
import { drawPath, type PenPoint, smoothPath } from './pen.ts';
import { type Stroke, type WayOfWriting, waysOfWriting } from './strokes.ts';

export const defaultDigitSize = 28;
export const digitClassNames: readonly string[] = waysOfWriting.map((_, digit) => String(digit));

/** The digit that image `index` shows. */
export const digitOf = (index: number): number => index % 10;

/** Draws image `index` as white on black, [size, size] bytes from `at` on, which must be black. */
export function drawDigit(index: number, size: number, into: Uint8Array, at: number): void {
  const random = randomOf(index);
  const way = chooseWay(waysOfWriting[digitOf(index)]!, random);
  const written = way.strokes.map(handMovement(way, random));
  const points = written.flat(2);
  const place = placement(points, size, random);
  const pen = (size / 28) * random.between(0.95, 1.7);
  const pressure = random.between(0, 0.25);
  const phase = random.between(0, 2 * Math.PI);
  for (const pieces of written) {
    for (const piece of pieces) {
      const path: PenPoint[] = piece.map(([x, y]) => ({
        ...place(x, y),
        radius: pen * (1 + pressure * Math.sin(phase + 4 * (x + y))),
      }));
      drawPath(into, at, size, smoothPath(path), 1.1 * Math.max(1, size / 56));
    }
  }
}

type Written = readonly (readonly [x: number, y: number])[];

/**
 * The movement of one hand: points a little off, an elastic change that bends nearby points alike
 * (after Simard, Steinkraus and Platt 2003), then width, slant and rotation.
 */
function handMovement(way: WayOfWriting, random: Random): (stroke: Stroke) => readonly Written[] {
  const width = way.aspect * (1 + 0.16 * random.normal());
  const slant = 0.13 + 0.16 * random.normal();
  const angle = 0.09 * random.normal();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const waves = Array.from({ length: 3 }, () => ({
    across: random.between(-5, 5),
    down: random.between(-5, 5),
    phase: random.between(0, 2 * Math.PI),
    dx: 0.042 * random.normal(),
    dy: 0.042 * random.normal(),
  }));
  return (stroke) => {
    // Pieces share the corners they meet in, so a corner must be moved once.
    let corner: readonly [number, number] | null = null;
    return stroke.map((piece) =>
      piece.map(([x, y], i) => {
        if (i === 0 && corner) return corner;
        let u: number = x + 0.022 * random.normal();
        let v: number = y + 0.018 * random.normal();
        for (const wave of waves) {
          const shift = Math.sin(wave.across * x + wave.down * y + wave.phase);
          u += wave.dx * shift;
          v += wave.dy * shift;
        }
        const slanted = (u - 0.5) * width + (0.5 - v) * slant;
        corner = [cos * slanted - sin * (v - 0.5), sin * slanted + cos * (v - 0.5)];
        return corner;
      }),
    );
  };
}

/**
 * Fits the drawing into a square of about 18 of 28 pixels with its centre of mass in the middle of
 * the image, as MNIST is laid out.
 */
function placement(points: Written, size: number, random: Random): (x: number, y: number) => { x: number; y: number } {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = ((size / 28) * random.between(16.5, 18.5)) / Math.max(right - left, bottom - top);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Half way between the middle of the box and the mean of the points, which stands for the mass.
  const middleX = ((left + right) / 2 + mean(xs)) / 2;
  const middleY = ((top + bottom) / 2 + mean(ys)) / 2;
  const shiftX = size / 2 + (size / 28) * random.between(-0.7, 0.7);
  const shiftY = size / 2 + (size / 28) * random.between(-0.7, 0.7);
  return (x, y) => ({ x: (x - middleX) * scale + shiftX, y: (y - middleY) * scale + shiftY });
}

function chooseWay(ways: readonly WayOfWriting[], random: Random): WayOfWriting {
  let rest = random.between(
    0,
    ways.reduce((sum, way) => sum + way.weight, 0),
  );
  for (const way of ways) {
    rest -= way.weight;
    if (rest < 0) return way;
  }
  return ways[0]!;
}

interface Random {
  between(low: number, high: number): number;
  /** About standard normal, never beyond ±3.5: the sum of four uniform numbers. */
  normal(): number;
}

/** The numbers of one image: a counter hashed with the index. */
function randomOf(index: number): Random {
  const key = hash(index >>> 0, Math.floor(index / 2 ** 32));
  let counter = 0;
  const next = () => hash(key, counter++) / 2 ** 32;
  return {
    between: (low, high) => low + (high - low) * next(),
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
  };
}
