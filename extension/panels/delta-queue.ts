/** What is new for a panel, gathered so that its page is drawn once a second: more would cost training time. */
import type { MetricsRow } from '../../sidecar/terms/protocol.ts';
import type { PanelRun, PanelSample, RunNews } from '../../webview/messages.ts';
import { throttle } from '../editor/throttle.ts';

/** In milliseconds. */
const INTERVAL = 1000;

export type Tell = <Method extends keyof RunNews>(method: Method, params: RunNews[Method]) => void;

export class DeltaQueue {
  readonly #tell: Tell;
  #rows: MetricsRow[] = [];
  #samples: PanelSample[] = [];
  #run: PanelRun | undefined;
  #sending = throttle(INTERVAL, () => this.#send());

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** Goes out at once: it holds all that was waiting. */
  snapshot(snapshot: RunNews['snapshot']): void {
    this.clear();
    this.#tell('snapshot', snapshot);
  }

  metrics(rows: readonly MetricsRow[]): void {
    for (const row of rows) this.#rows.push(row);
    this.#sending.call();
  }

  samples(samples: readonly PanelSample[]): void {
    this.#samples.push(...samples);
    this.#sending.call();
  }

  run(run: PanelRun): void {
    this.#run = run;
    this.#sending.call();
  }

  clear(): void {
    this.#rows = [];
    this.#samples = [];
    this.#run = undefined;
    this.#sending.dispose();
    this.#sending = throttle(INTERVAL, () => this.#send());
  }

  /** At most three messages, the state last: what it announces is then there. */
  #send(): void {
    if (this.#rows.length > 0) this.#tell('metrics', this.#rows);
    if (this.#samples.length > 0) this.#tell('samples', this.#samples);
    if (this.#run) this.#tell('run', this.#run);
    this.#rows = [];
    this.#samples = [];
    this.#run = undefined;
  }
}
