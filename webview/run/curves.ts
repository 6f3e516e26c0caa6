/** Which metrics a run's chart draws as losses, and what they are called. */
import type { MetricsRow } from '../../sidecar/protocol.ts';
import { formatValue } from '../base/format.ts';
import type { PanelRun } from '../messages.ts';

/** One loss of the run. */
export type RunCurve = PanelRun['curves'][number];

/** Colours and dashes are there for so many. */
const MOST_CURVES = 4;

/** The run's losses, as far as its rows have them. */
export const shownCurves = ({ curves }: PanelRun, newest: MetricsRow | undefined): readonly RunCurve[] =>
  curves.filter(({ metric }) => newest === undefined || metric in newest).slice(0, MOST_CURVES);

/** "Generator loss", "KL divergence": what a column or a sentence calls it. */
export const lossName = ({ metric, label }: RunCurve): string => (metric.endsWith('Loss') ? `${label} loss` : label);

/** "generator loss 0.8123, discriminator loss 1.2041"; values in the order of the curves. */
export const lossesText = (curves: readonly RunCurve[], values: readonly (number | null | undefined)[]): string =>
  curves.map((curve, i) => `${lowerFirst(lossName(curve))} ${formatValue(values[i])}`).join(', ');

/** Values of a row, in the order of the curves. */
export const lossesOf = (curves: readonly RunCurve[], row: MetricsRow): (number | undefined)[] =>
  curves.map(({ metric }) => row[metric]);

/** "Generator" → "generator"; "KL divergence" stays. */
const lowerFirst = (text: string): string =>
  /^.[A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
