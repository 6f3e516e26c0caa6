/** Trains a preset as `gan train` does, for a limited time. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { loadLatestCheckpoint } from '../../../sidecar/runs/checkpoint.ts';
import { RunReader } from '../../../sidecar/runs/reader.ts';
import { TrainingControl } from '../../../sidecar/session/control.ts';
import { LeaseLostError } from '../../../sidecar/session/failure.ts';
import { runTraining } from '../../../sidecar/session/run-training.ts';
import type { MetricsRow, RunRecord } from '../../../sidecar/terms/run-record.ts';
import type { TrainingFacts } from '../results.ts';

/** Rows of the metrics whose mean counts as the loss at the end. */
const LAST_ROWS = 10;

/**
 * Trains until the run is over or `minutes` of training have passed; what was in `runDirectory` is
 * removed. Throws what goes wrong before there is a run, and LeaseLostError if another process took the folder.
 */
export async function trainPreset(
  configFile: string,
  overrides: readonly string[],
  runDirectory: string,
  minutes: number,
): Promise<void> {
  await rm(runDirectory, { recursive: true, force: true });
  const control = new TrainingControl();
  let timer: NodeJS.Timeout | undefined;
  let told = Date.now();
  try {
    const { error } = await runTraining(
      { kind: 'new', configFile, overrides, runDirectory, workspace: path.dirname(runDirectory) },
      control,
      {
        onStarted: (_, { steps, device }) => {
          console.log(`  ${steps} steps on ${device?.name}, at most ${minutes} minutes`);
          timer = setTimeout(() => void control.stop(), minutes * 60_000);
        },
        onNews: ({ method, params }) => {
          if (method !== 'metrics' || Date.now() - told < 30_000) return;
          told = Date.now();
          console.log(`  step ${params.step}, ${(params.seconds / 60).toFixed(1)} minutes`);
        },
      },
    );
    if (error instanceof LeaseLostError) throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What a run's folder says of its training. */
export async function readTraining(runDirectory: string): Promise<{ record: RunRecord; facts: TrainingFacts }> {
  const reader = new RunReader(runDirectory);
  const record = (await reader.run()) as RunRecord;
  // Where training stopped between two rows of the metrics.
  const last = await loadLatestCheckpoint(runDirectory, () => {});
  return { record, facts: trainingFacts(record, await reader.metrics(), last?.seconds ?? 0) };
}

function trainingFacts(record: RunRecord, rows: readonly MetricsRow[], saved: number): TrainingFacts {
  const last = rows.at(-1);
  const end = record.state === 'finished' || record.state === 'stopped' ? record.state : 'failed';
  const recent = rows.slice(-LAST_ROWS);
  const mean = (metric: string) => recent.reduce((sum, row) => sum + (row[metric] ?? Number.NaN), 0) / recent.length;
  let before = 0;
  let waited = 0;
  for (const { seconds, stall } of rows) {
    waited += stall * (seconds - before);
    before = seconds;
  }
  return {
    end,
    error: record.error?.message ?? null,
    steps: record.step,
    minutes: Math.max(saved, last?.seconds ?? 0) / 60,
    imagesPerSecond: last ? last.images / last.seconds : 0,
    stall: last ? waited / last.seconds : 0,
    losses: recent.length === 0 ? [] : record.curves.map(({ metric, label }) => ({ label, value: mean(metric) })),
  };
}

/** True if `folder` holds anything. */
export const isThere = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (entries) => entries.length > 0,
    () => false,
  );
