/** Numbers and times as the panel writes them. */

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

/** 12345 → "12,345". */
export const formatCount = (value: number): string => integers.format(value);

/** 1250 → "1,250", 12500 → "12.5K": ticks of the step axis. */
export const formatTick = (value: number): string => (value < 10_000 ? integers : compact).format(value);

/** Images a second: whole numbers from 10 up, one decimal below. */
export const formatRate = (value: number): string =>
  Number.isFinite(value) ? (value < 10 ? oneDecimal : integers).format(value) : '–';

/** A share as a percentage, with one decimal below 10%: 0.003 → "0.3%", 0.0001 → "< 0.1%". */
export function formatShare(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'NaN';
  const percent = 100 * value;
  if (percent > 0 && percent < 0.05) return '< 0.1%';
  return `${percent.toFixed(percent < 9.95 && percent > 0 ? 1 : 0)}%`;
}

/** A loss or a statistic, with about four significant digits and a steady width. */
export function formatValue(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000)) return minus(value.toExponential(2));
  return minus(value.toFixed(size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : 1));
}

const minus = (text: string): string => text.replace(/^-/, '−');

/** An ISO time in the reader's own time zone, without the date when it is today. */
export function formatTime(iso: string, now = new Date()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const today = time.toDateString() === now.toDateString();
  return time.toLocaleString('en-US', {
    ...(today ? {} : { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
