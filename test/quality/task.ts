import type { Options } from './options.ts';

/** What one process is to do, as JSON in its first argument. */
export interface Task extends Omit<Options, 'presets'> {
  readonly preset: string;
}
