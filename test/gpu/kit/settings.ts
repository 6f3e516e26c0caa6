/** What `run.sh` tells the kit, in variables. */
import { env } from 'node:process';

export interface KitSettings {
  /** Folder of the results. */
  readonly results: string;
  /** When no item may go on, in milliseconds since 1970. */
  readonly deadline: number;
  /** Everything as small as it can be, for a software adapter. */
  readonly tiny: boolean;
  /** What names of items begin with; none: all. */
  readonly items: readonly string[];
}

/** Of `run.sh` from its first moment on, unpacking included: 8 minutes less what it takes to end. */
const SECONDS = 470;
const TINY_SECONDS = 3600;

/** Throws RangeError where a variable is wrong. */
export function readSettings(): KitSettings {
  const { GAN_KIT_RESULTS: results, GAN_KIT_STARTED: started, GAN_KIT_TINY: tiny = '', GAN_KIT_SECONDS: seconds } = env;
  if (!results) throw new RangeError('GAN_KIT_RESULTS is not set: start run.sh instead.');
  const isTiny = tiny !== '' && tiny !== '0';
  const length = seconds ? Number(seconds) : isTiny ? TINY_SECONDS : SECONDS;
  if (!(length > 0)) throw new RangeError(`GAN_KIT_SECONDS=${seconds}: give a number above 0.`);
  const start = Number(started) > 0 ? Number(started) * 1000 : Date.now();
  const items = (env.GAN_KIT_ITEMS ?? '').split(',').filter(Boolean);
  return { results, deadline: start + length * 1000, tiny: isTiny, items };
}
