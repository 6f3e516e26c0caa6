/** Metrics in words: their names, what they say, and their values. */
import type { MetricsRow } from '../../sidecar/protocol.ts';
import { describeMetric, LOOP_METRICS } from '../../sidecar/terms/metrics.ts';
import { formatShare, formatValue } from '../base/format.ts';
import type { RunCurve } from './curves.ts';

/** "realScore" → "Real score", as is a name that this version of the program does not know. */
export const metricLabel = (name: string): string => describeMetric(name)?.label ?? sentence(name);

/** Null for a name that this version of the program does not know. */
export const metricExplanation = (name: string): string | null => describeMetric(name)?.explanation ?? null;

export const metricText = (name: string, value: number | null | undefined): string =>
  describeMetric(name)?.unit === 'share' ? formatShare(value) : formatValue(value);

/** Names of what a row holds besides the losses and what the loop measures, in its own order. */
export const statisticsOf = (row: MetricsRow | undefined, curves: readonly RunCurve[]): string[] =>
  Object.keys(row ?? {}).filter(
    (name) => !Object.hasOwn(LOOP_METRICS, name) && !curves.some(({ metric }) => metric === name),
  );

const sentence = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
