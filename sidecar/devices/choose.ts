/** What "auto" means: the device that trains this config fastest, found by trying it. */
import { availableParallelism, cpus } from 'node:os';
import { arch, platform } from 'node:process';
import { env } from 'onnxruntime-node';
import type { ResolvedConfig } from '../config/resolved-config.ts';
import type { DatasetInfo } from '../data/dataset.ts';
import type { DeviceStatus, Engine } from '../engine/engine.ts';
import { createEngine, listDevices } from '../engine/index.ts';
import type { DeviceId } from '../terms/devices.ts';
import { modelSpec } from '../training/model-spec.ts';
import { measureStep } from './calibrate.ts';
import { calibrationFile, calibrationKey, type Rates, readRates, writeRates } from './calibration-cache.ts';

export interface ChooseOptions {
  readonly dataset: DatasetInfo;
  /** Of this program; what another version found may no longer hold. */
  readonly version: string;
  /** Threads of the CPU; default: as many as this process may use. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly log: (level: 'info' | 'warn', message: string) => void;
  /** Milliseconds of steps on each device; default: 1000. */
  readonly budget?: number;
  /** Where results are kept; default: the user's cache folder. */
  readonly cacheFile?: string;
  /** Default: the devices of this machine. */
  readonly devices?: readonly DeviceStatus[];
  /** Default: `createEngine`. */
  readonly open?: (id: DeviceId, options: { readonly threads?: number }) => Promise<Engine>;
}

/**
 * What "auto" chooses from. TensorFlow would be loaded into this process, memory of the GPU included,
 * only to be refused. Trying takes a second at first and nothing after that.
 */
export const triedDevices = (threads = availableParallelism()): Promise<DeviceStatus[]> =>
  listDevices({ threads, without: ['tensorflow'] });

/**
 * The fastest device for `config`; never a software adapter, nor TensorFlow, which compiles nothing.
 * Where there is only the CPU, nothing is measured.
 */
export async function chooseDevice(config: ResolvedConfig, options: ChooseOptions): Promise<DeviceId> {
  const { log, cacheFile = calibrationFile(), threads = availableParallelism() } = options;
  const devices = options.devices ?? (await triedDevices(threads));
  const candidates = devices.filter(({ id, available, software }) => available && !software && id !== 'tensorflow');
  if (candidates.length < 2) return candidates[0]?.id ?? 'cpu';
  const key = calibrationKey({
    machine: [platform, arch, cpus()[0]?.model, threads, candidates.map(({ id, name }) => [id, name])],
    versions: [options.version, env.versions],
    step: [
      modelSpec(config, options.dataset),
      config.model,
      config.objective,
      config.augmentation,
      config.optimizer,
      config.training.batchSize,
    ],
  });
  const before = await readRates(key, cacheFile);
  const known = before !== null && candidates.every(({ id }) => id in before);
  const rates = known ? before : await measure(config, candidates, options);
  if (!known) await writeRates(key, rates, cacheFile);
  const ranked = Object.entries(rates).sort(([, a], [, b]) => b - a);
  const [best] = ranked[0] ?? ['cpu'];
  const told = ranked.map(([id, rate], at) => `${id} ${Math.round(rate)}${at === 0 ? ' images/s' : ''}`);
  log('info', `auto chose ${best}${known ? ', as measured before' : ''}: ${told.join('; ')}`);
  return best as DeviceId;
}

/** 0 for a device that cannot run the step. The CPU comes last: what others reach may spare it a second step. */
async function measure(
  config: ResolvedConfig,
  candidates: readonly DeviceStatus[],
  { dataset, log, signal, threads, budget = 1000, open = createEngine }: ChooseOptions,
): Promise<Rates> {
  const rates: Record<string, number> = {};
  for (const { id } of [...candidates].sort((a, b) => Number(a.id === 'cpu') - Number(b.id === 'cpu'))) {
    signal?.throwIfAborted();
    try {
      const engine = await open(id, threads === undefined ? {} : { threads });
      try {
        const worthwhile = Math.max(0, ...Object.values(rates));
        rates[id] = await measureStep(config, dataset, engine, { budget, worthwhile });
      } finally {
        await engine.dispose();
      }
    } catch (error) {
      log('warn', `${id} cannot train this config: ${error instanceof Error ? error.message : String(error)}`);
      rates[id] = 0;
    }
  }
  return rates;
}
