/** Antialiased drawing of a pen's path. */

/** A point of the path in pixels, with the pen's radius there. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Points between two given ones. */
const SUBDIVISIONS = 4;

/**
 * A smooth path through all points: Catmull and Rom's spline, "A class of local interpolating
 * splines" (1974), with the ends repeated.
 */
export function smoothPath(points: readonly PenPoint[]): PenPoint[] {
  if (points.length < 3) return [...points];
  const path: PenPoint[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [
      points[Math.max(0, i - 1)]!,
      points[i]!,
      points[i + 1]!,
      points[Math.min(points.length - 1, i + 2)]!,
    ];
    for (let k = 0; k < SUBDIVISIONS; k++) {
      const t = k / SUBDIVISIONS;
      path.push({
        x: catmullRom(a.x, b.x, c.x, d.x, t),
        y: catmullRom(a.y, b.y, c.y, d.y, t),
        radius: b.radius + (c.radius - b.radius) * t,
      });
    }
  }
  path.push(points.at(-1)!);
  return path;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/**
 * Draws a path in white over what is in `image`, [size, size] bytes from `at` on. Where lines cross
 * the lighter value stays, as ink does. The edge fades over `softness` pixels.
 */
export function drawPath(
  image: Uint8Array,
  at: number,
  size: number,
  path: readonly PenPoint[],
  softness: number,
): void {
  for (let i = 0; i + 1 < path.length; i++) drawSegment(image, at, size, path[i]!, path[i + 1]!, softness);
}

function drawSegment(
  image: Uint8Array,
  at: number,
  size: number,
  from: PenPoint,
  to: PenPoint,
  softness: number,
): void {
  const reach = Math.max(from.radius, to.radius) + softness;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(size - 1, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(from.y, to.y) + reach));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = dx * dx + dy * dy || 1;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const px = x + 0.5 - from.x;
      const py = y + 0.5 - from.y;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ox = px - along * dx;
      const oy = py - along * dy;
      const away = Math.sqrt(ox * ox + oy * oy);
      const coverage = 0.5 + (from.radius + (to.radius - from.radius) * along - away) / softness;
      if (coverage <= 0) continue;
      const value = Math.min(255, Math.round(255 * coverage));
      const pixel = at + y * size + x;
      if (value > image[pixel]!) image[pixel] = value;
    }
  }
}
