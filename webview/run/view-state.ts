/** What a person chose to see. The only thing the panel keeps; everything else comes with a snapshot. */

export interface ViewState {
  /** Name of the chart picked. */
  readonly chart: string;
  readonly logScale: boolean;
  /** Weight of the past in the exponential moving average: 0 (off) to 0.99. */
  readonly smoothing: number;
  /** Steps shown, first and last; null: all. */
  readonly zoom: readonly [number, number] | null;
  /** Step of the sample grid shown; null: the newest. */
  readonly sampleStep: number | null;
  /** All values as a table instead of a chart; null: what suits (a table for screen readers). */
  readonly table: boolean | null;
  /** The statistics are unfolded. */
  readonly statistics: boolean;
}

export const MAX_SMOOTHING = 0.99;

export const defaultViewState: ViewState = {
  chart: 'losses',
  logScale: false,
  smoothing: 0.6,
  zoom: null,
  sampleStep: null,
  table: null,
  statistics: true,
};

/** Reads what an earlier version of the panel may have stored; anything unusable becomes the default. */
export function parseViewState(stored: unknown): ViewState {
  if (typeof stored !== 'object' || stored === null) return defaultViewState;
  const { chart, logScale, smoothing, zoom, sampleStep, table, statistics } = stored as Record<string, unknown>;
  return {
    chart: typeof chart === 'string' ? chart : defaultViewState.chart,
    logScale: logScale === true,
    smoothing:
      isNumber(smoothing) && smoothing >= 0 && smoothing <= MAX_SMOOTHING ? smoothing : defaultViewState.smoothing,
    zoom:
      Array.isArray(zoom) && isNumber(zoom[0]) && isNumber(zoom[1]) && zoom[0] < zoom[1] ? [zoom[0], zoom[1]] : null,
    sampleStep: isNumber(sampleStep) ? sampleStep : null,
    table: typeof table === 'boolean' ? table : null,
    statistics: statistics !== false,
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
