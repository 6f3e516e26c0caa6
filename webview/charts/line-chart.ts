/**
 * Curves over steps, drawn by uPlot: the smoothed curves in front, the recorded ones faint
 * behind. uPlot itself draws at most a minimum and a maximum a pixel column, so a long run costs
 * no more to draw than a short one and keeps its spikes.
 */
import uPlot from 'uplot';
import { element } from '../base/dom.ts';
import { smooth, type Values } from '../run/metrics-history.ts';
import { type ChartTheme, readChartTheme } from './chart-theme.ts';
import { chartMove } from './keys.ts';
import { plotOptions } from './plot-options.ts';
import { type Scale, scaleFor } from './scale.ts';

export interface LineData {
  readonly steps: readonly number[];
  /** Of each curve, as long as `steps`. */
  readonly values: readonly Values[];
}

export interface ChartView {
  readonly logScale: boolean;
  /** Values that a linear axis always holds. */
  readonly includes: readonly number[];
  readonly smoothing: number;
  readonly zoom: readonly [number, number] | null;
  /** Step to mark, that of the sample grid shown; null: none. */
  readonly markedStep: number | null;
}

/** Values under the cursor, or of the newest row; in the order of the curves. */
export interface ChartReading {
  readonly step: number;
  readonly values: readonly (number | null)[];
  readonly smoothed: readonly (number | null)[];
}

export interface ChartEvents {
  readonly onZoom: (zoom: [number, number] | null) => void;
  /** The cursor went to another step; null: it left the chart. */
  readonly onHover: (reading: ChartReading | null) => void;
  /** The person moved the cursor by keyboard: to be read aloud. */
  readonly onRead: (reading: ChartReading) => void;
}

export class LineChart {
  readonly root = element('div', { class: 'chart', 'data-testid': 'chart' });
  readonly #events: ChartEvents;
  #plot: uPlot | null = null;
  #theme: ChartTheme = readChartTheme();
  #data: LineData = { steps: [], values: [] };
  #view: ChartView = { logScale: false, includes: [], smoothing: 0, zoom: null, markedStep: null };
  #smoothed: readonly Values[] = [];
  #scale: Scale = 'linear';

  constructor(events: ChartEvents) {
    this.#events = events;
    new ResizeObserver(() => this.#fit()).observe(this.root);
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.root.addEventListener('blur', () => this.#plot?.setCursor({ left: -10, top: -10 }));
  }

  update(data: LineData, view: ChartView): void {
    const scale = scaleFor(data.values, view.logScale);
    // All three belong to what uPlot is made with.
    const same =
      scale === this.#scale &&
      data.values.length === this.#data.values.length &&
      view.includes.join() === this.#view.includes.join();
    if (!same) this.#discard();
    this.#data = data;
    this.#view = view;
    this.#smoothed = data.values.map((values) => smooth(values, view.smoothing));
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
  reading(index = this.#data.steps.length - 1): ChartReading | null {
    const step = this.#data.steps[index];
    if (step === undefined) return null;
    return {
      step,
      values: this.#data.values.map((values) => values[index] ?? null),
      smoothed: this.#smoothed.map((values) => values[index] ?? null),
    };
  }

  #discard(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #create(): void {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (this.#plot || width === 0 || height === 0) return;
    const options = plotOptions({
      width,
      height,
      theme: this.#theme,
      scale: this.#scale,
      includes: this.#view.includes,
      curves: this.#data.values.length,
      showsRecorded: this.#view.smoothing > 0,
      stepRange: () => this.#stepRange(),
      onShowAll: () => this.#zoomTo(null),
      onDraw: (plot) => this.#drawMark(plot),
      onSelect: (plot) => this.#zoomToSelection(plot),
      onCursor: ({ cursor }) => this.#events.onHover(cursor.idx == null ? null : this.reading(cursor.idx)),
    });
    this.#plot = new uPlot(options, this.#series(), this.root);
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (!this.#plot) this.#create();
    else if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  #redraw(plot: uPlot): void {
    const raw = this.#view.smoothing > 0;
    for (const i of this.#data.values.keys()) {
      if (plot.series[i + 1]?.show !== raw) plot.setSeries(i + 1, { show: raw }, false);
    }
    plot.setData(this.#series(), true);
  }

  #series(): uPlot.AlignedData {
    return [this.#data.steps as number[], ...this.#data.values, ...this.#smoothed];
  }

  /** The steps shown: the zoom, else all, at least one step wide. */
  #stepRange(): uPlot.Range.MinMax {
    const { zoom } = this.#view;
    const min = this.#data.steps[0];
    const max = this.#data.steps.at(-1);
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
    const first = this.#data.steps[0];
    const last = this.#data.steps.at(-1);
    if (first === undefined || last === undefined) return;
    if (!zoom || (zoom[0] <= first && zoom[1] >= last)) this.#events.onZoom(null);
    else if (zoom[1] - zoom[0] >= 1) this.#events.onZoom(zoom);
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
    const move = chartMove(event.key, plot, this.#data.steps);
    if (!move) return;
    event.preventDefault();
    if ('zoom' in move) {
      this.#zoomTo(move.zoom);
      return;
    }
    plot.setCursor({ left: plot.valToPos(this.#data.steps[move.index] ?? 0, 'x'), top: 0 });
    const reading = this.reading(move.index);
    if (reading) this.#events.onRead(reading);
  }
}
