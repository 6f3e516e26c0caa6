/** Metrics in words: their names, what they say, and their values. */

import { describeMetric, LOOP_METRICS, type MetricUnit } from '../../sidecar/terms/metrics.ts';
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import { formatRate, formatShare, formatValue } from '../base/format.ts';
import { t } from '../base/l10n.ts';

/** "realScore" → "Real score", as is a name that this version of the program does not know. */
export const metricLabel = (name: string): string => t(describeMetric(name)?.label ?? sentence(name));

/** Null for a name that this version of the program does not know. */
export function metricExplanation(name: string): string | null {
  const explanation = describeMetric(name)?.explanation;
  return explanation === undefined ? null : t(explanation);
}

/** Null for a plain number. */
export const metricUnit = (name: string): MetricUnit | null => describeMetric(name)?.unit ?? null;

export function metricText(name: string, value: number | null | undefined): string {
  switch (metricUnit(name)) {
    case 'share':
      return formatShare(value);
    case 'images/s':
      return formatRate(value ?? Number.NaN);
    default:
      return formatValue(value);
  }
}

/** Names of what a row holds besides the losses and what the loop measures, in its own order. */
export const statisticsOf = (row: MetricsRow | undefined, losses: readonly { readonly metric: string }[]): string[] =>
  Object.keys(row ?? {}).filter(
    (name) => !Object.hasOwn(LOOP_METRICS, name) && !losses.some(({ metric }) => metric === name),
  );

const sentence = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
