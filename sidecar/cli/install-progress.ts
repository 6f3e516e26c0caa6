/** How much of a download is there: a bar in a terminal, a line now and then where there is none. */
import { bar, CLEAR_LINE, type Screen } from './screen.ts';

/** Between two pictures of the bar, in milliseconds. */
const BAR_INTERVAL = 100;
/** Between two lines, in milliseconds. */
const LINE_INTERVAL = 5000;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)}`;

export class InstallProgress {
  readonly #screen: Screen;
  readonly #what: string;
  #lastShown = Number.NEGATIVE_INFINITY;

  constructor(screen: Screen, what: string) {
    this.#screen = screen;
    this.#what = what;
  }

  /** Bytes; `total` null: nobody knows. */
  show(received: number, total: number | null): void {
    const { isTerminal, columns } = this.#screen;
    const now = this.#screen.now();
    if (now - this.#lastShown < (isTerminal ? BAR_INTERVAL : LINE_INTERVAL) && received !== total) return;
    this.#lastShown = now;
    const facts = total === null ? `${megabytes(received)} MB` : `${megabytes(received)} of ${megabytes(total)} MB`;
    const text = `${this.#what}: ${facts}`;
    const picture = total ? `  ${bar(received / total, columns - 3 - text.length)}` : '';
    const line = isTerminal ? `${CLEAR_LINE}${`${text}${picture}`.slice(0, columns - 1)}` : `${text}\n`;
    this.#screen.write(line);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#screen.isTerminal) this.#screen.write(CLEAR_LINE);
  }
}
