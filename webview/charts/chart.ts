/**
 * What a chart is: a declaration in `list.ts` of the metrics that it draws, with a default for all that can be
 * left out. The section of charts finds what it can show of a run by that list.
 */

import type { LoopMetricName, MetricName } from '../../sidecar/terms/metrics.ts';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun } from '../messages.ts';
import type { RunCurve } from '../run/curves.ts';
import { metricLabel, metricUnit } from '../run/metric-text.ts';
import { MOST_CURVES } from './chart-theme.ts';

export interface ChartOptions {
  /** Kept in view states, so it stays what it is. */
  readonly name: string;
  /** One word, for its tab. */
  readonly title: string;
  /** One sentence: what it shows. */
  readonly explanation: string;
  /** Most important first; those that a run has are drawn, four at most. A function where the run itself says. */
  readonly curves: readonly (MetricName | LoopMetricName)[] | ((run: PanelRun) => readonly RunCurve[]);
  /** 'linear': it has no logarithmic scale to choose. Default: 'any'. */
  readonly scale?: 'any' | 'linear';
  /** Values that a linear axis always holds, besides those of the data. Default: none. */
  readonly includes?: readonly number[];
}

export interface Chart {
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  readonly scale: 'any' | 'linear';
  readonly includes: readonly number[];
  /** What it draws of a run whose newest row is this; none: the run has nothing for it. */
  readonly curvesOf: (run: PanelRun, newest: MetricsRow | undefined) => readonly RunCurve[];
}

/** A chart with its defaults. */
export function chart({ curves, scale = 'any', includes = [], ...named }: ChartOptions): Chart {
  const all =
    typeof curves === 'function' ? curves : () => curves.map((metric) => ({ metric, label: metricLabel(metric) }));
  return {
    ...named,
    scale,
    includes,
    curvesOf: (run, newest) =>
      all(run)
        .filter(({ metric }) => newest === undefined || metric in newest)
        .slice(0, MOST_CURVES),
  };
}

/** What the values of all these are measured in; null where units differ, or where labels or values say it. */
export function unitOf(curves: readonly RunCurve[]): string | null {
  const [unit = null, ...others] = new Set(curves.map(({ metric }) => metricUnit(metric)));
  if (unit === null || unit === 'share' || others.length > 0) return null;
  return curves.every(({ label }) => label.toLowerCase().includes(unit)) ? null : unit;
}
