import { find } from '../../bench/ratios.ts';
import { summarise } from '../../bench/statistics.ts';
import { percent } from '../../bench/words.ts';
import type { BenchNumbers } from '../items/bench.ts';
import type { ProfileNumbers } from '../items/profile.ts';
import type { ItemResult } from '../results.ts';

const milliseconds = (value: number): string => `${(1000 * value).toFixed(2)} ms`;

/** Share of an untraced step in which the GPU has nothing to do; null where its speed was not measured. */
export function waitingShare(
  { model, batchSize, gpuSeconds }: ProfileNumbers,
  all: readonly ItemResult[],
): number | null {
  const bench = all.find(({ item }) => item === `bench-${model}-${batchSize}`)?.numbers as BenchNumbers | undefined;
  const ours = find(bench?.models[0]?.engines ?? [], 'webgpu');
  if (ours === null) return null;
  const stepSeconds = batchSize / summarise(ours.rounds).median;
  return Math.max(0, 1 - gpuSeconds / stepSeconds);
}

/** A step as a whole, and the operations that make up most of it. */
export function profileLines(profile: ProfileNumbers, all: readonly ItemResult[]): string[] {
  const { kernels, gpuSeconds, hostSeconds, tracedSeconds, operations } = profile;
  const waits = waitingShare(profile, all);
  return [
    `${kernels.toFixed(0)} kernels a step; the GPU computes for ${milliseconds(gpuSeconds)}, the host hands over for ` +
      `${milliseconds(hostSeconds)} of ${milliseconds(tracedSeconds)} while traced`,
    ...(waits === null ? [] : [`untraced, the GPU waits for the host for ${percent(waits)} of a step`]),
    ...operations
      .slice(0, 10)
      .map(
        ({ name, kernels: count, seconds }) =>
          `${percent(seconds / gpuSeconds)} ${milliseconds(seconds)} ${name}, ${count.toFixed(0)} kernels`,
      ),
  ];
}
