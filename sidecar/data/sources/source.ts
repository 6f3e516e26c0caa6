/** What every format of image files, archives and tables has in common: stored images in a fixed order. */
import { UserError } from '../../terms/errors.ts';
import type { Progress } from '../dataset.ts';
import { explainFileError } from '../files.ts';
import { UnreadableImage } from '../image-formats/signature.ts';
import type { LostLabels } from '../labels/labelling.ts';
import type { ShapeSummary, StoredShape } from '../shape.ts';
import type { Skipped, SkippedFile } from '../skip-list.ts';
import type { ChosenRange } from './numbers/pixel-range.ts';

export { classesOf } from '../labels/classes.ts';

/** One image as it is stored: a file's path, a file's content, or pixels in rows. Can be sent to a worker. */
export type Content =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | ({ readonly pixels: Uint8Array } & StoredShape);

export interface StoredImage {
  /** For messages: the file's name inside its folder or archive, or the number of a row. */
  readonly name: string;
  readonly image: Content;
  /** What image-to-image translates from, where that is a file of its own. */
  readonly input?: Content;
  /** Why its content could not be had; `image` then is empty. */
  readonly damage?: string;
}

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

/** What a source holds. Damaged images count: only decoding tells them from whole ones. */
export interface Contents {
  readonly count: number;
  /** The class of each image, in order. */
  readonly labels: Int32Array | null;
  readonly classNames: readonly string[] | null;
  /** Why there are no labels although the files seem to have some. */
  readonly lostLabels?: LostLabels | null;
  /** What the numbers are, where images are not files. */
  readonly values?: PixelValues | null;
  /** Files that are no images and do not count. */
  readonly leftOut?: Skipped;
  /** On disk. */
  readonly bytes: number;
}

/** Numbers of images that are not files, and what they are taken for. */
export interface PixelValues extends ChosenRange {
  readonly least: number;
  readonly greatest: number;
}

export interface Headers {
  /** null when no header could be read. */
  readonly shapes: ShapeSummary | null;
  /** Of the inputs, where they are files of their own. */
  readonly inputs: ShapeSummary | null;
  readonly unreadable: Unreadable;
}

export interface Unreadable {
  readonly count: number;
  readonly first: SkippedFile | null;
}

export interface ImageSource {
  /** The path that people know it by. */
  readonly name: string;
  /** Whether `contents` looks at the files' names anew without reading them, and so costs little. */
  readonly listsNames?: boolean;
  /** Text that changes whenever the images may have changed: names, sizes and times of the files. */
  identity(options: ScanOptions): Promise<string>;
  contents(options: ScanOptions): Promise<Contents>;
  /** Reads the headers of all images, or of `atMost` that lie far apart where the format allows. */
  headers(atMost: number, options: ScanOptions): Promise<Headers>;
  /** Every image, in the order of the labels. */
  images(options: ScanOptions): AsyncIterable<StoredImage>;
}

/** One line for the list of skipped files. */
export function reasonOf(error: unknown): string {
  const explained = error instanceof UnreadableImage ? error : explainFileError(error, 'the file');
  return (explained instanceof Error ? explained.message : String(explained)).split('\n', 1)[0]!.replace(/[.:]+$/, '');
}

export function noneReadable(path: string, { count, first }: Unreadable): UserError {
  const example = first ? `, ${first.file}: ${first.reason}` : '';
  return new UserError(
    'data/no-readable-image',
    `${path} holds no readable image (${count} skipped${example}): replace the damaged files.`,
    { subject: { path } },
  );
}

/** Collects the shapes of many headers in order, with examples of what differs. */
export class ShapeCollector {
  #summary: ShapeSummary | null = null;
  #unreadable = 0;
  #firstUnreadable: Unreadable['first'] = null;

  add(file: string, shape: StoredShape): void {
    const alpha = shape.channels === 4;
    const colour = shape.channels !== 1;
    const known = this.#summary;
    if (!known) {
      const first = { ...shape, file };
      this.#summary = { first, otherSize: null, otherChannels: null, allAlpha: alpha, anyColour: colour };
      return;
    }
    const { first } = known;
    const otherSize = shape.width !== first.width || shape.height !== first.height;
    const otherChannels = shape.channels !== first.channels;
    if (!otherSize && !otherChannels) return;
    this.#summary = {
      first,
      otherSize: known.otherSize ?? (otherSize ? { ...shape, file } : null),
      otherChannels: known.otherChannels ?? (otherChannels ? { ...shape, file } : null),
      allAlpha: known.allAlpha && alpha,
      anyColour: known.anyColour || colour,
    };
  }

  addUnreadable(file: string, error: unknown): void {
    this.#unreadable++;
    this.#firstUnreadable ??= { file, reason: reasonOf(error) };
  }

  get shapes(): ShapeSummary | null {
    return this.#summary;
  }

  get unreadable(): Unreadable {
    return { count: this.#unreadable, first: this.#firstUnreadable };
  }
}

/** `count` numbers of 0 … total − 1, evenly apart; all of them when there are no more. */
export function spread(count: number, total: number): number[] {
  const taken = Math.min(count, total);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * total) / taken));
}
