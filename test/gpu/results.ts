/** What the kit writes for each of its items, as `<results>/<item>.json`. */

export type Status =
  /** Under way, or ended by something that left no time to say so. */
  | 'running'
  | 'passed'
  | 'failed'
  /** Something that it needs is not here, or no time was left for it. */
  | 'skipped'
  /** Ended by its time limit or by a signal; what it had measured until then is in `numbers`. */
  | 'cut off';

export interface ItemResult {
  readonly item: string;
  readonly title: string;
  readonly status: Status;
  /** Why it did not pass; null where it did. */
  readonly reason: string | null;
  readonly seconds: number;
  /** Seconds after which it was to be ended. */
  readonly limit: number;
  /** Date of the measurement, ISO 8601 without a time. */
  readonly date: string;
  /** What was found, by the item's own type; null where it found nothing. */
  readonly numbers: unknown;
}

/** What an item's process tells the kit: numbers so far, each time whole, and at last how it ended. */
export type Message =
  | { readonly numbers: unknown }
  | { readonly end: 'passed' }
  | { readonly end: 'failed' | 'skipped'; readonly reason: string };
