/** What is said of a source of data: to people, to the config, and to the rules between keys. */
import type { ModalityName } from '../../terms/modality.ts';
import type { Snippet } from '../../terms/snippet.ts';

export interface SourceAbout {
  /** What it is: one sentence in Markdown, which the README's table quotes. */
  readonly summary: string;
  /** Further sentences for the hover; '' where there are none. */
  readonly details: string;
  readonly modality: ModalityName;
  /** What `data.path` must name; null where there is something to read without it. */
  readonly path: string | null;
  /** Keys of `data` that it uses, of those that not every source has a use for. */
  readonly keys: readonly ('labels' | 'columns' | 'pixelRange' | 'points')[];
  /** Further keys that it has no use for, dotted, each with the reason. */
  readonly idle: Readonly<Record<string, string>>;
  /** Whether it draws its examples on demand, so that there is no end and no epoch. */
  readonly endless: 'always' | 'without a path' | 'never';
  /** Of its images, before any is read; null: as the files have them. */
  readonly channels: 1 | 3 | null;
  /** Its images may be of any size, so that a config must say one. */
  readonly anySize: boolean;
  /** Whether a mirrored image would be another one, or none. */
  readonly hasDirection: boolean;
  /** What gives labels to those who miss them; null: nothing does. */
  readonly labels: string | null;
  /** Names of the files that it reads; null: they tell nothing. */
  readonly files: RegExp | null;
  /** Paths that it may be tried on where another source was named in error; null: none. */
  readonly guessed: RegExp | null;
  /** Offered by completion in `data`. */
  readonly snippets: readonly Snippet[];
}
