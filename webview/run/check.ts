/** What the extension tells is believed only where it has its form: what is drawn from it would otherwise be lost midway. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun, PanelSample, RunNews } from '../messages.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Kinds that are not known here are said to be so where samples are shown. */
const isLayout = (value: unknown): boolean =>
  value === null ||
  (isObject(value) &&
    isText(value.kind) &&
    typeof value.pitch === 'number' &&
    areTexts(value.columns) &&
    (value.colours === undefined || areTexts(value.colours)));

const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

export const isRun = (value: unknown): value is PanelRun =>
  isObject(value) &&
  [value.name, value.state, value.startedAt].every(isText) &&
  [value.step, value.steps, value.seed].every((number) => typeof number === 'number') &&
  isLayout(value.samples) &&
  Array.isArray(value.curves) &&
  value.curves.every((curve) => isObject(curve) && isText(curve.metric) && isText(curve.label));

/** Rows have numbers only; which ones, models decide. */
export const areRows = (value: unknown): value is readonly MetricsRow[] =>
  Array.isArray(value) && value.every((row) => isObject(row) && typeof row.step === 'number');

export const areSamples = (value: unknown): value is readonly PanelSample[] =>
  Array.isArray(value) &&
  value.every((sample) => isObject(sample) && typeof sample.step === 'number' && isText(sample.uri));

export const isSnapshot = (value: unknown): value is RunNews['snapshot'] =>
  isObject(value) && isRun(value.run) && areRows(value.metrics) && areSamples(value.samples);
