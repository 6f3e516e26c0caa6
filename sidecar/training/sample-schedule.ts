/**
 * When grids are drawn by time. Every grid is kept, so they thin out as a run grows old: the next is
 * due `everySeconds` after the last one, but never sooner than a fiftieth of the training time so far.
 * Early collapse shows within seconds, and yet a day of training holds about 300 grids by time, a
 * month about 480.
 */
const FRACTION_OF_AGE = 1 / 50;

/**
 * Seconds of training until the next grid by time.
 * @param age seconds of training when the last grid was drawn, pauses left out.
 * @param everySeconds `monitor.sampleEverySeconds`; null never draws by time.
 */
export const secondsToNextGrid = (age: number, everySeconds: number | null): number =>
  everySeconds === null ? Number.POSITIVE_INFINITY : Math.max(everySeconds, age * FRACTION_OF_AGE);
