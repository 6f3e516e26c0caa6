/** What `npm run bench:quality -- …` can be told. */
import path from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { presetOf, presets, type QualityPreset } from './presets.ts';

export interface Options {
  readonly presets: readonly QualityPreset[];
  /** Of training each, at the most. */
  readonly minutes: number;
  readonly seed: number;
  /** Steps in place of the presets' own lengths; null to keep them. */
  readonly steps: number | null;
  /** Folder of the datasets. */
  readonly data: string;
  /** Folder of the results. */
  readonly out: string;
  /** Further changes to each config. */
  readonly overrides: readonly string[];
  /** Judges the run that is there instead of training. */
  readonly again: boolean;
}

const HELP = `npm run bench:quality [-- options]

  --presets a,b       ${presets.map(({ id }) => id).join(', ')}; all by default
  --minutes 15        training is stopped after this time, if it is not over
  --steps N           length of training, in place of the presets' own
  --seed 0            of training and of the samples; classifiers always have the same
  --set key=value     changes each config, as in gan train; once for each change
  --again             judges the last run of each preset once more instead of training
  --data ../shared/data
                      folder that holds mnist, fashion-mnist and icons32
  --out out/quality   where the results go`;

function number(name: string, text: string, least: number, whole: boolean): number {
  const value = Number(text);
  if (!(value >= least) || (whole && !Number.isInteger(value))) {
    throw new RangeError(`--${name} ${text}: give a ${whole ? 'whole ' : ''}number from ${least}.`);
  }
  return value;
}

/** Reads the command line; null where it asks for help, which is then printed. Throws on a mistake in it. */
export function readOptions(args: readonly string[] = argv.slice(2)): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      presets: { type: 'string', default: presets.map(({ id }) => id).join() },
      minutes: { type: 'string', default: '15' },
      steps: { type: 'string' },
      seed: { type: 'string', default: '0' },
      set: { type: 'string', multiple: true, default: [] },
      again: { type: 'boolean', default: false },
      data: { type: 'string', default: path.join('..', 'shared', 'data') },
      out: { type: 'string', default: path.join('out', 'quality') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  return {
    presets: values.presets.split(',').filter(Boolean).map(presetOf),
    minutes: number('minutes', values.minutes, 0.01, false),
    seed: number('seed', values.seed, 0, true),
    steps: values.steps === undefined ? null : number('steps', values.steps, 1, true),
    data: path.resolve(values.data),
    out: values.out,
    overrides: values.set,
    again: values.again,
  };
}
