/** What the main thread asks of a worker, and its answers. */
import type { UserError } from '../../terms/errors.ts';
import type { DeliveredShape, ResizeRule } from '../shape.ts';
import type { StoredImage } from '../sources/source.ts';
import type { BatchPixels } from './batch-reader.ts';
import type { ReadPlan } from './plan.ts';

export interface DecodeRule {
  readonly image: DeliveredShape;
  /** Of the stored inputs, if there are any. */
  readonly input: DeliveredShape | null;
  readonly resize: ResizeRule;
}

export interface DecodedPart {
  /** Records of whole images, in order: the image's bytes, then its input's. */
  readonly records: Uint8Array;
  /** What could not be decoded. */
  readonly failed: readonly { readonly at: number; readonly reason: string }[];
}

export interface Tasks {
  /** Makes a dataset known by a number. */
  readonly open: { readonly asks: { readonly dataset: number; readonly plan: ReadPlan }; readonly answers: null };
  readonly read: {
    readonly asks: { readonly dataset: number; readonly indices: Float64Array; readonly keys: Uint32Array | null };
    readonly answers: BatchPixels;
  };
  readonly close: { readonly asks: { readonly dataset: number }; readonly answers: null };
  readonly decode: {
    readonly asks: { readonly rule: DecodeRule; readonly images: readonly StoredImage[] };
    readonly answers: DecodedPart;
  };
}

export type TaskName = keyof Tasks;

export type Request = {
  [Name in TaskName]: { readonly id: number; readonly task: Name; readonly asks: Tasks[Name]['asks'] };
}[TaskName];

export type Reply =
  | { readonly id: number; readonly answer: Tasks[TaskName]['answers'] }
  | { readonly id: number; readonly failure: Failure };

/** A UserError, or anything else that was thrown. The bundle carries its worker, so codes are of one version. */
export type Failure =
  | Readonly<Pick<UserError, 'code' | 'message' | 'subject'>>
  | { readonly code: null; readonly message: string };

/** What a worker is started with. */
export interface WorkerData {
  /** Where the image libraries were found: a worker has no file of its own to look from. */
  readonly sharp: string;
  readonly nsbmp: string;
}
