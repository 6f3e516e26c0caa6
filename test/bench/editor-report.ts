/** What the editor's benchmarks share: their folder of results, their table, and a run to train beside them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { table } from '../../sidecar/cli/output.ts';
import { projectRoot } from '../host/paths.ts';
import { describeMachine } from './machine.ts';

/** One measured condition. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Writes `out/bench/<name>.json` and prints the rows as a table. */
export function report(name: string, rows: readonly Row[]): void {
  const { cpu, cores } = describeMachine();
  const folder = path.join(projectRoot, 'out', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ date: new Date().toISOString(), machine: { cpu, cores }, rows }, null, 2)}\n`,
  );
  const head = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | null | undefined) =>
    value == null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
  console.log(`\n${table([head, ...rows.map((row) => head.map((key) => cell(row[key])))])}\n\n${file}`);
}

/** The value below which `share` of the values lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A number from the environment, for shorter or longer measurements. */
export function fromEnvironment(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}=${text}: give a number above 0.`);
  return value;
}

/** Long enough never to end by itself; a row of metrics every step, so that short windows hold some. */
export const endlessRun = {
  'training.steps': 1_000_000,
  'training.batchSize': 128,
  'monitor.logEvery': 1,
  device: 'cpu',
};
