/**
 * The losses over steps, drawn by uPlot: the smoothed curves in front, the recorded ones faint
 * behind. uPlot itself draws at most a minimum and a maximum a pixel column, so a long run costs
 * no more to draw than a short one and keeps its spikes.
 */
import uPlot from 'uplot';
import { chartMove } from './chart-keys.ts';
import { element } from './dom.ts';
import { type LossScale, lossLabel, lossRange, lossTicks, scaleFor, stepLabel } from './loss-scale.ts';
import { type Curve, smooth } from './metrics-history.ts';
import { type ChartTheme, readChartTheme } from './theme.ts';

export interface LossCurves {
  readonly steps: readonly number[];
  readonly generator: Curve;
  readonly discriminator: Curve;
}

export interface ChartView {
  readonly logScale: boolean;
  readonly smoothing: number;
  readonly zoom: readonly [number, number] | null;
  /** Step to mark, that of the sample grid shown; null: none. */
  readonly markedStep: number | null;
}

/** Values under the cursor, or of the newest row. */
export interface ChartReading {
  readonly step: number;
  readonly generator: number | null;
  readonly discriminator: number | null;
  readonly generatorSmoothed: number | null;
  readonly discriminatorSmoothed: number | null;
}

export interface ChartEvents {
  readonly onZoom: (zoom: [number, number] | null) => void;
  /** The cursor went to another step; null: it left the chart. */
  readonly onHover: (reading: ChartReading | null) => void;
  /** The person moved the cursor by keyboard: to be read aloud. */
  readonly onRead: (reading: ChartReading) => void;
}

const RAW_GENERATOR = 1;
const RAW_DISCRIMINATOR = 2;
const GENERATOR = 3;
const DISCRIMINATOR = 4;

/** uPlot's names: 1 linear, 3 logarithm, 4 inverse hyperbolic sine. */
const DISTRIBUTIONS: Record<LossScale, uPlot.Scale.Distr> = { linear: 1, log: 3, 'symmetric-log': 4 };

/** Pixels from one tick of the loss axis to the next, at least. */
const TICK_SPACE = 40;
/** Opacity of a recorded curve behind its smoothed one. */
const FAINT = 0.28;
export class LossChart {
  readonly root = element('div', { class: 'chart', 'data-testid': 'loss-chart' });
  readonly #events: ChartEvents;
  #plot: uPlot | null = null;
  #theme: ChartTheme = readChartTheme();
  #curves: LossCurves = { steps: [], generator: [], discriminator: [] };
  #view: ChartView = { logScale: false, smoothing: 0, zoom: null, markedStep: null };
  #smoothed = { generator: [] as Curve, discriminator: [] as Curve };
  #scale: LossScale = 'linear';

  constructor(events: ChartEvents) {
    this.#events = events;
    new ResizeObserver(() => this.#fit()).observe(this.root);
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.root.addEventListener('blur', () => this.#plot?.setCursor({ left: -10, top: -10 }));
  }

  update(curves: LossCurves, view: ChartView): void {
    this.#curves = curves;
    this.#view = view;
    this.#smoothed = {
      generator: smooth(curves.generator, view.smoothing),
      discriminator: smooth(curves.discriminator, view.smoothing),
    };
    const scale = scaleFor([curves.generator, curves.discriminator], view.logScale);
    if (scale !== this.#scale) this.#discard();
    this.#scale = scale;
    if (this.#plot) this.#redraw(this.#plot);
    else this.#create();
  }

  /** Marks the step of the sample grid on show. */
  mark(step: number | null): void {
    if (step === this.#view.markedStep) return;
    this.#view = { ...this.#view, markedStep: step };
    this.#plot?.redraw(false, false);
  }

  recolour(): void {
    this.#theme = readChartTheme();
    this.#discard();
    this.#create();
  }

  /** The row at an index, or the newest one. */
  reading(index = this.#curves.steps.length - 1): ChartReading | null {
    const step = this.#curves.steps[index];
    if (step === undefined) return null;
    return {
      step,
      generator: this.#curves.generator[index] ?? null,
      discriminator: this.#curves.discriminator[index] ?? null,
      generatorSmoothed: this.#smoothed.generator[index] ?? null,
      discriminatorSmoothed: this.#smoothed.discriminator[index] ?? null,
    };
  }

  #discard(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #create(): void {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (this.#plot || width === 0 || height === 0) return;
    this.#plot = new uPlot(this.#options(width, height), this.#data(), this.root);
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!this.#plot) this.#create();
    else if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  #redraw(plot: uPlot): void {
    const raw = this.#view.smoothing > 0;
    if (plot.series[RAW_GENERATOR]?.show !== raw) {
      plot.setSeries(RAW_GENERATOR, { show: raw }, false);
      plot.setSeries(RAW_DISCRIMINATOR, { show: raw }, false);
    }
    plot.setData(this.#data(), true);
  }

  #data(): uPlot.AlignedData {
    const { steps, generator, discriminator } = this.#curves;
    return [steps as number[], generator, discriminator, this.#smoothed.generator, this.#smoothed.discriminator];
  }

  #options(width: number, height: number): uPlot.Options {
    const theme = this.#theme;
    const { smoothing } = this.#view;
    const lineWidth = theme.highContrast ? 2 : 1.5;
    const dash = theme.highContrast ? { dash: [6, 3] } : {};
    const isolated: uPlot.Series.Points = {
      show: true,
      size: 5,
      width: 0,
      filter: (plot, series) => isolatedPoints(plot.data[series] as Curve),
    };
    const raw = { show: smoothing > 0, width: 1, points: { show: false }, alpha: FAINT };
    const line = { width: lineWidth, points: isolated };
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
        x: { time: false, range: () => this.#stepRange() },
        y: {
          distr: DISTRIBUTIONS[this.#scale],
          range: (_plot, min, max) => lossRange(min, max, this.#scale),
        },
      },
      axes: [
        { ...axis, size: 24, gap: 4, space: 64, values: (_plot, ticks) => ticks.map(stepLabel) },
        {
          ...axis,
          size: axisWidth,
          gap: 6,
          splits: (plot, _axis, min, max) =>
            lossTicks([min, max], this.#scale, plot.bbox.height / devicePixelRatio / TICK_SPACE),
          filter: (_plot, ticks) => ticks,
          values: (_plot, ticks) => ticks.map(lossLabel),
        },
      ],
      series: [
        {},
        { ...raw, stroke: theme.generator },
        { ...raw, stroke: theme.discriminator },
        { ...line, stroke: theme.generator },
        { ...line, ...dash, stroke: theme.discriminator },
      ],
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false, dist: 6 },
        bind: { dblclick: () => () => this.#showAll() },
        points: {
          size: 7,
          width: 0,
          fill: (_plot, series) => this.#hoverColour(series),
        },
      },
      hooks: {
        draw: [(plot) => this.#drawMark(plot)],
        setSelect: [(plot) => this.#zoomToSelection(plot)],
        setCursor: [(plot) => this.#events.onHover(plot.cursor.idx == null ? null : this.reading(plot.cursor.idx))],
      },
    };
  }

  /** Points only on the curves in front. */
  #hoverColour(series: number): string {
    if (series === GENERATOR) return this.#theme.generator;
    return series === DISCRIMINATOR ? this.#theme.discriminator : 'transparent';
  }

  /** The steps shown: the zoom, else all, at least one step wide. */
  #stepRange(): uPlot.Range.MinMax {
    const { zoom } = this.#view;
    const min = this.#curves.steps[0];
    const max = this.#curves.steps.at(-1);
    if (min === undefined || max === undefined) return [0, 1];
    // A run resumed from before the zoomed steps has nothing to show there.
    if (zoom && zoom[0] < max && zoom[1] > min) return [...zoom];
    return min === max ? [min - 0.5, max + 0.5] : [min, max];
  }

  #zoomToSelection(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    const zoom: [number, number] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#zoomTo(zoom);
  }

  #zoomTo(zoom: [number, number] | null): void {
    const first = this.#curves.steps[0];
    const last = this.#curves.steps.at(-1);
    if (first === undefined || last === undefined) return;
    if (!zoom || (zoom[0] <= first && zoom[1] >= last)) this.#events.onZoom(null);
    else if (zoom[1] - zoom[0] >= 1) this.#events.onZoom(zoom);
  }

  #showAll(): null {
    this.#zoomTo(null);
    return null;
  }

  /** A dashed line at the sample grid on show. */
  #drawMark(plot: uPlot): void {
    const step = this.#view.markedStep;
    if (step === null) return;
    const x = Math.round(plot.valToPos(step, 'x', true));
    const { left, top, width, height } = plot.bbox;
    if (x < left || x > left + width) return;
    const { ctx } = plot;
    ctx.save();
    ctx.strokeStyle = this.#theme.marker;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
    ctx.stroke();
    ctx.restore();
  }

  #onKey(event: KeyboardEvent): void {
    const plot = this.#plot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = chartMove(event.key, plot, this.#curves.steps);
    if (!move) return;
    event.preventDefault();
    if ('zoom' in move) {
      this.#zoomTo(move.zoom);
      return;
    }
    plot.setCursor({ left: plot.valToPos(this.#curves.steps[move.index] ?? 0, 'x'), top: 0 });
    const reading = this.reading(move.index);
    if (reading) this.#events.onRead(reading);
  }
}

/** Wide enough for the longest label, and the same while labels stay the same length. */
function axisWidth(_plot: uPlot, labels: string[] | null): number {
  const longest = Math.max(3, ...(labels ?? []).map((label) => label?.length ?? 0));
  return 14 + longest * 6.5;
}

/** Points with no neighbour to draw a line to: alone in the run, or between gaps. */
function isolatedPoints(curve: Curve): number[] {
  const isolated: number[] = [];
  for (let i = 0; i < curve.length; i++) {
    if (curve[i] !== null && (curve[i - 1] ?? null) === null && (curve[i + 1] ?? null) === null) isolated.push(i);
  }
  return isolated;
}
