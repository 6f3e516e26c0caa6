/** What `run.json` says of a run. Written atomically whenever it changes; the panel's header. */
import type { DeviceInfo } from './devices.ts';
import type { SampleLayout } from './preview.ts';

/** 1: datasets had `imageSize` and `channels`, and nothing said what pictures of samples show. */
export const RECORD_VERSION = 2;

export type RunState = 'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** As a reader sees it: a run whose process is gone without saying so is 'interrupted'. */
export type ObservedState = RunState | 'interrupted';

export interface RunRecord {
  /** Format version of the run directory. */
  readonly version: typeof RECORD_VERSION;
  /** Config name, as in the folder name. */
  readonly name: string;
  /** Absolute path of the config the run was started from. */
  readonly configPath: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly state: RunState;
  /** Process and host that write this run. */
  readonly pid: number;
  readonly host: string;
  readonly device: DeviceInfo | null;
  /** Versions of what computed the numbers, by package name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Last completed step and the number asked for (0 until the dataset's size is known). */
  readonly step: number;
  readonly steps: number;
  readonly seed: number;
  /** Dataset as opened. Size null: endless. */
  readonly dataset: {
    readonly name: string;
    readonly size: number | null;
    /** What a person calls its examples, "images" for one. */
    readonly unit: string;
    /** Of one example: [size, size, channels] of an image, [values] of a row. */
    readonly shape: readonly number[];
    readonly classes: number;
  } | null;
  /** What the pictures in `samples/` show; null until the first. */
  readonly samples: SampleLayout | null;
  /** What the metrics hold to be drawn as losses; empty until the device is open. */
  readonly curves: readonly Curve[];
  /** Set when state is 'failed'. The code may be of another version of the program: see `errorKindOf`. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** run.json as a reader sees it. */
export type ObservedRun = Omit<RunRecord, 'state'> & { readonly state: ObservedState };

/** One line of `metrics.jsonl`. */
export interface MetricsRow {
  readonly step: number;
  /** Seconds of training since the run began, pauses left out. */
  readonly seconds: number;
  /** Examples of real data seen so far. */
  readonly images: number;
  /** Since the row before. */
  readonly imagesPerSecond: number;
  /** Share of that time in which training waited for data, 0 to 1. */
  readonly stall: number;
  /** Losses and statistics that the model names, e.g. generatorLoss, realScore. */
  readonly [metric: string]: number;
}

/** One loss that the chart draws and tables list first. */
export interface Curve {
  /** Its name in the metrics, e.g. "generatorLoss". */
  readonly metric: string;
  /** Its name for people, in sentence case, e.g. "Generator". */
  readonly label: string;
}

/** A sample grid on disk: `samples/<step, 8 digits>.png`. */
export interface SampleFile {
  readonly step: number;
  /** Path relative to the run directory. */
  readonly file: string;
}
