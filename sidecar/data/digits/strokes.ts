/**
 * How people write the ten digits: strokes of a pen in a box of width and height 1, y downwards.
 *
 * A stroke is a list of smooth pieces that meet in corners; each piece is a list of points the pen
 * passes through. A digit has one or more ways of writing, with how often each is used.
 */
export type Point = readonly [x: number, y: number];
export type Piece = readonly Point[];
export type Stroke = readonly Piece[];

export interface WayOfWriting {
  readonly weight: number;
  /** Usual width for a height of 1. */
  readonly aspect: number;
  readonly strokes: readonly Stroke[];
}

/** Strokes are written as points in hundredths, "x,y x,y …", with "/" after a point that is a corner. */
function way(weight: number, aspect: number, ...strokes: readonly string[]): WayOfWriting {
  return { weight, aspect, strokes: strokes.map(parseStroke) };
}

function parseStroke(text: string): Stroke {
  const pieces: Point[][] = [];
  for (const part of text.split(' / ')) {
    const points = part.split(' ').map((point): Point => {
      const [x = 0, y = 0] = point.split(',').map(Number);
      return [x / 100, y / 100];
    });
    const corner = pieces.at(-1)?.at(-1);
    pieces.push(corner ? [corner, ...points] : points);
  }
  return pieces;
}

const zero: readonly WayOfWriting[] = [
  way(3, 0.72, '56,0 22,13 2,52 20,90 52,100 86,82 98,46 82,10 50,1'),
  way(1, 0.78, '72,10 40,0 8,25 2,62 26,96 66,95 95,62 94,28 66,3 42,8'),
];

const one: readonly WayOfWriting[] = [
  way(4, 0.14, '50,0 52,50 50,100'),
  way(2, 0.3, '0,24 75,0 / 75,100'),
  way(1, 0.5, '10,22 55,0 / 53,100', '5,100 100,98'),
];

const two: readonly WayOfWriting[] = [
  way(3, 0.75, '6,24 26,4 60,0 84,18 76,44 42,74 4,100 / 50,96 100,97'),
  way(2, 0.85, '10,22 34,2 68,4 78,28 58,60 28,90 6,94 8,76 30,76 60,94 100,90'),
];

const three: readonly WayOfWriting[] = [
  way(4, 0.68, '8,12 42,0 80,10 80,33 36,47 / 82,54 98,76 70,97 30,100 2,87'),
  way(1, 0.68, '8,4 86,2 / 40,42 / 84,52 95,76 64,98 2,90'),
];

const four: readonly WayOfWriting[] = [
  way(3, 0.72, '10,2 4,32 6,54 / 46,58 96,48', '80,0 76,50 70,100'),
  way(2, 0.74, '70,0 2,66 / 100,64', '70,0 68,100'),
];

const five: readonly WayOfWriting[] = [
  way(3, 0.72, '96,2 24,4 / 14,46 / 50,38 86,56 84,84 48,100 2,90'),
  way(1, 0.75, '100,2 60,2 30,10 24,32 56,50 76,72 54,95 4,96'),
];

const six: readonly WayOfWriting[] = [
  way(3, 0.62, '74,0 30,24 2,66 16,94 54,100 92,84 86,60 50,54 12,76'),
  way(1, 0.55, '40,0 12,34 2,72 26,98 74,96 94,76 72,60 36,66 10,86'),
];

const seven: readonly WayOfWriting[] = [
  way(3, 0.7, '2,8 50,6 96,2 / 66,46 42,100'),
  way(1, 0.72, '2,4 98,3 / 62,50 44,100', '26,52 88,48'),
  way(1, 0.7, '4,24 8,5 / 94,2 / 78,50 70,100'),
];

const eight: readonly WayOfWriting[] = [
  way(3, 0.62, '84,14 50,0 16,16 40,44 84,70 78,94 40,100 10,82 36,54 78,32 86,12'),
  way(1, 0.64, '50,47 16,30 20,6 56,0 86,14 80,36 50,47', '50,47 10,66 10,92 50,100 92,90 90,64 50,47'),
];

const nine: readonly WayOfWriting[] = [
  way(3, 0.6, '90,16 56,0 14,14 10,40 46,50 82,36 92,10 / 88,50 78,100'),
  way(1, 0.64, '86,30 50,46 10,34 18,8 56,0 86,14 92,50 74,88 40,100 8,90'),
];

/** Ways of writing each digit, by digit. */
export const waysOfWriting: readonly (readonly WayOfWriting[])[] = [
  zero,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine,
];
