/** What uPlot is told of a chart: scales, axes, lines and cursor. */
import type uPlot from 'uplot';
import type { Values } from '../run/metrics-history.ts';
import type { ChartTheme } from './chart-theme.ts';
import { type Scale, stepLabel, valueLabel, valueRange, valueTicks } from './scale.ts';

export interface PlotParts {
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  readonly scale: Scale;
  /** Values that a linear axis always holds. */
  readonly includes: readonly number[];
  /** How many curves there are: series 1 … n hold them as recorded, n + 1 … 2n smoothed. */
  readonly curves: number;
  /** The recorded curves are drawn behind the smoothed ones. */
  readonly showsRecorded: boolean;
  readonly stepRange: () => uPlot.Range.MinMax;
  readonly onShowAll: () => void;
  readonly onDraw: (plot: uPlot) => void;
  readonly onSelect: (plot: uPlot) => void;
  readonly onCursor: (plot: uPlot) => void;
}

/** uPlot's names: 1 linear, 3 logarithm, 4 inverse hyperbolic sine. */
const DISTRIBUTIONS: Record<Scale, uPlot.Scale.Distr> = { linear: 1, log: 3, 'symmetric-log': 4 };

/** Pixels from one tick of the axis of values to the next, at least. */
const TICK_SPACE = 40;
/** Opacity of a recorded curve behind its smoothed one. */
const FAINT = 0.28;

export function plotOptions(parts: PlotParts): uPlot.Options {
  const { width, height, theme, scale, includes, curves } = parts;
  const axis = {
    stroke: theme.text,
    font: `11px ${theme.fontFamily}`,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: parts.stepRange },
      y: { distr: DISTRIBUTIONS[scale], range: (_plot, min, max) => valueRange(min, max, scale, includes) },
    },
    axes: [
      { ...axis, size: 24, gap: 4, space: 64, values: (_plot, ticks) => ticks.map(stepLabel) },
      {
        ...axis,
        size: axisWidth,
        gap: 6,
        splits: (plot, _axis, min, max) =>
          valueTicks([min, max], scale, plot.bbox.height / devicePixelRatio / TICK_SPACE),
        filter: (_plot, ticks) => ticks,
        values: (_plot, ticks) => ticks.map(valueLabel),
      },
    ],
    series: [{}, ...recorded(parts), ...smoothed(parts)],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      bind: {
        dblclick: () => () => {
          parts.onShowAll();
          return null;
        },
      },
      points: {
        size: 7,
        width: 0,
        // Only on the curves in front.
        fill: (_plot, series) => theme.curves[series - 1 - curves]?.colour ?? 'transparent',
      },
    },
    hooks: { draw: [parts.onDraw], setSelect: [parts.onSelect], setCursor: [parts.onCursor] },
  };
}

const recorded = ({ theme, curves, showsRecorded }: PlotParts): uPlot.Series[] =>
  theme.curves
    .slice(0, curves)
    .map(({ colour }) => ({ stroke: colour, show: showsRecorded, width: 1, points: { show: false }, alpha: FAINT }));

const smoothed = ({ theme, curves }: PlotParts): uPlot.Series[] =>
  theme.curves.slice(0, curves).map(({ colour, dash }) => ({
    stroke: colour,
    width: theme.highContrast ? 2 : 1.5,
    ...(dash.length > 0 && { dash: [...dash] }),
    points: {
      show: true,
      size: 5,
      width: 0,
      filter: (plot, series) => isolatedPoints(plot.data[series] as Values),
    },
  }));

/** Wide enough for the longest label, and the same while labels stay the same length. */
function axisWidth(_plot: uPlot, labels: string[] | null): number {
  const longest = Math.max(3, ...(labels ?? []).map((label) => label?.length ?? 0));
  return 14 + longest * 6.5;
}

/** Points with no neighbour to draw a line to: alone in the run, or between gaps. */
function isolatedPoints(values: Values): number[] {
  const isolated: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) isolated.push(i);
  }
  return isolated;
}
