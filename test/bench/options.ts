/** What `npm run bench -- …` can be told. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { argv, env } from 'node:process';
import { parseArgs } from 'node:util';
import type { Settings } from './measure.ts';
import { modelIds } from './models/ids.ts';

export interface Options {
  readonly models: readonly string[];
  /** Empty: every engine that can be found. */
  readonly engines: readonly string[];
  /** A commit whose engine is measured by turns with this one's; null: none. */
  readonly against: string | null;
  /** Interpreters that may have PyTorch. */
  readonly pythons: readonly string[];
  /** Folder of the results. */
  readonly out: string;
  readonly settings: Settings;
}

const HELP = `npm run bench [-- options]

  --models a,b      ${modelIds.join(', ')}; all by default
  --engines a,b     cpu, webgpu, cuda, tensorflow, tfjs-cpu, tfjs-wasm, pytorch, …: an engine's name or
                    what it begins with; all that are found by default
  --against COMMIT  also an earlier version of this engine, by turns with this one, and the ratio
  --python PATH     a Python that has PyTorch, once for each; by default those in GAN_BENCH_PYTHON
                    (separated as in PATH), else python3
  --rounds 5        how often every engine has its turn
  --seconds 1.5     the least that a turn lasts
  --batch 128       images a step
  --threads N       of each engine; all cores by default
  --out out/bench   where the results go`;

function count(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} ${text}: give a whole number from 1.`);
  return value;
}

const list = (text: string): string[] => text.split(',').filter(Boolean);

/** Reads the command line; null where it asks for help, which is then printed. Throws on a mistake in it. */
export function readOptions(): Options | null {
  const { values } = parseArgs({
    args: argv.slice(2),
    options: {
      models: { type: 'string', default: modelIds.join() },
      engines: { type: 'string', default: '' },
      against: { type: 'string' },
      python: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
      batch: { type: 'string', default: '128' },
      threads: { type: 'string', default: `${availableParallelism()}` },
      out: { type: 'string', default: path.join('out', 'bench') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  const models = list(values.models);
  const unknown = models.find((model) => !modelIds.some((id) => id === model));
  if (unknown !== undefined) throw new RangeError(`--models ${unknown}: there are ${modelIds.join(', ')}.`);
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new RangeError(`--seconds ${values.seconds}: give a number above 0.`);
  const named = [...values.python, ...list((env.GAN_BENCH_PYTHON ?? '').replaceAll(path.delimiter, ','))];
  return {
    models,
    engines: list(values.engines),
    against: values.against ?? null,
    pythons: named.length > 0 ? named : ['python3', '/usr/bin/python3'],
    out: values.out,
    settings: {
      batchSize: count('batch', values.batch),
      threads: count('threads', values.threads),
      folder: path.join(values.out, 'fixtures'),
      rounds: count('rounds', values.rounds),
      checkSteps: 3,
      tolerance: { first: 1e-3, later: 1e-2 },
      burstSeconds: seconds,
      burstSteps: 2,
      scaledBatchSize: 8,
      patience: 1200,
    },
  };
}
