/** Curves in words: what a table's head or a sentence calls them. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import { t } from '../base/l10n.ts';
import type { PanelRun } from '../messages.ts';
import { metricText } from './metric-text.ts';

/** A metric that is drawn, and the label that it has in the chart. */
export type RunCurve = PanelRun['curves'][number];

/** "Generator loss", "KL divergence". */
export const curveName = ({ metric, label }: RunCurve): string =>
  metric.endsWith('Loss') ? t('{0} loss', label) : label;

/** "generator loss 0.8123, discriminator loss 1.2041"; values in the order of the curves. */
export const valuesText = (curves: readonly RunCurve[], values: readonly (number | null | undefined)[]): string =>
  curves.map((curve, i) => `${lowerFirst(curveName(curve))} ${metricText(curve.metric, values[i])}`).join(', ');

/** Values of a row, in the order of the curves. */
export const valuesOf = (curves: readonly RunCurve[], row: MetricsRow): (number | undefined)[] =>
  curves.map(({ metric }) => row[metric]);

/** "Generator" → "generator"; "KL divergence" stays. */
const lowerFirst = (text: string): string =>
  /^.[A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
