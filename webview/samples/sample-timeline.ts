/**
 * All samples of the run: one step's large, a slider over the steps, and play. Shows the newest
 * until the person picks another, and again once they return to the last.
 */
import { element, iconButton, setAttribute, setIcon, setSlider, setText } from '../base/dom.ts';
import { formatCount } from '../base/format.ts';
import { t } from '../base/l10n.ts';
import { prefersReducedMotion } from '../base/theme.ts';
import type { PanelSample } from '../messages.ts';
import { SampleStage } from './sample-stage.ts';
import type { SampleLayout } from './sample-view.ts';

export interface SampleTimelineEvents {
  /** The step picked; null: the newest. */
  readonly onPick: (step: number | null) => void;
}

/** Whole playback aims at this, within the bounds of a frame. */
const PLAY_MS = 8000;
const FRAME_MS = { shortest: 60, longest: 300, reducedMotion: 1000 };

export class SampleTimeline {
  readonly #events: SampleTimelineEvents;
  readonly #step = element('span', { class: 'sample-step', 'data-testid': 'sample-step' });
  readonly #newest: HTMLButtonElement;
  readonly #stage = new SampleStage();
  readonly #slider = element('input', {
    type: 'range',
    min: 0,
    step: 1,
    'aria-label': t('Step of the samples'),
    'data-testid': 'sample-slider',
  });
  readonly #play: HTMLButtonElement;
  readonly #playIcon: HTMLElement;
  readonly #controls: HTMLElement;
  readonly root: HTMLElement;
  #samples: readonly PanelSample[] = [];
  /** Step picked by the person; null follows the newest. */
  #picked: number | null;
  #timer: number | null = null;
  #shows = '';

  constructor(picked: number | null, events: SampleTimelineEvents) {
    this.#picked = picked;
    this.#events = events;
    this.#newest = element(
      'button',
      { type: 'button', class: 'link-button', 'data-testid': 'sample-newest' },
      t('Go to newest'),
    );
    this.#newest.addEventListener('click', () => {
      this.#stop();
      this.#show(this.#samples.length - 1);
      this.#slider.focus();
    });
    this.#play = iconButton({
      name: t('Play'),
      icon: 'play',
      testId: 'sample-play',
      onClick: () => this.#togglePlay(),
    });
    this.#playIcon = this.#play.firstElementChild as HTMLElement;
    this.#slider.addEventListener('input', () => {
      this.#stop();
      this.#show(this.#slider.valueAsNumber);
    });
    this.#stage.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.#controls = element('div', { class: 'timeline' }, this.#play, this.#slider);
    this.root = element(
      'section',
      { class: 'samples', 'aria-labelledby': 'samples-title' },
      element(
        'div',
        { class: 'section-header' },
        element('h2', { id: 'samples-title' }, t('Samples')),
        this.#step,
        element('div', { class: 'section-tools' }, this.#newest),
      ),
      this.#stage.root,
      this.#controls,
    );
  }

  /** Step on show when it is not simply the newest; null while following. */
  get picked(): number | null {
    return this.#picked;
  }

  /** Takes every sample there is, as after a reload or a resume. */
  replace(samples: readonly PanelSample[]): void {
    this.#stage.clear();
    this.#samples = ordered(samples);
    this.#refresh();
  }

  add(samples: readonly PanelSample[]): void {
    this.#samples = ordered([...this.#samples, ...samples]);
    this.#refresh();
  }

  /** How the samples of this run are laid out; null: not known yet. */
  setLayout(layout: SampleLayout | null): void {
    const columns = layout?.columns ?? [];
    const names = columns.join(', ');
    if (columns.length === 0) this.#shows = '';
    else if (layout?.colours) this.#shows = t(', in colours of their own: {0}', names);
    else this.#shows = t(', side by side: {0}', names);
    if (this.#stage.setLayout(layout)) this.#refresh();
  }

  /** Why there is nothing to see yet. */
  setEmptyText(text: string): void {
    if (this.#samples.length === 0) this.#stage.say(text);
  }

  #refresh(): void {
    const count = this.#samples.length;
    this.#controls.hidden = count < 2;
    this.#slider.max = String(Math.max(0, count - 1));
    if (count === 0) {
      setText(this.#step, '');
      this.#newest.hidden = true;
      return;
    }
    this.#render();
  }

  /** The index on show: of the step picked, or of the nearest before it if that is gone. */
  #index(): number {
    const last = this.#samples.length - 1;
    if (this.#picked === null) return last;
    const after = this.#samples.findIndex(({ step }) => step > (this.#picked as number));
    return after === -1 ? last : Math.max(0, after - 1);
  }

  #show(index: number): void {
    const last = this.#samples.length - 1;
    const to = Math.min(last, Math.max(0, index));
    this.#picked = to === last ? null : (this.#samples[to]?.step ?? null);
    this.#render();
    this.#events.onPick(this.#picked);
  }

  #render(): void {
    const index = this.#index();
    const sample = this.#samples[index];
    if (!sample) return;
    const label = t('Step {0}', formatCount(sample.step));
    const following = index === this.#samples.length - 1;
    setText(this.#step, following ? `${label}, newest` : label);
    this.#newest.hidden = following;
    setSlider(this.#slider, index);
    setAttribute(this.#slider, 'aria-valuetext', t('{0}, {1} of {2}', label, index + 1, this.#samples.length));
    void this.#load(sample);
    for (const neighbour of [index + 1, index - 1, index + 2]) {
      const uri = this.#samples[neighbour]?.uri;
      // One that cannot be read says so when it is shown.
      if (uri) this.#stage.load(uri).catch(() => undefined);
    }
  }

  /** Swaps the samples once the new ones are loaded; the old ones stay until then. */
  async #load(sample: PanelSample): Promise<void> {
    const stillWanted = () => this.#samples[this.#index()]?.uri === sample.uri;
    const label = t('{0} at step {1}', this.#stage.title, formatCount(sample.step));
    try {
      const show = await this.#stage.load(sample.uri);
      if (stillWanted()) show(`${label}${this.#shows}`);
    } catch {
      if (!stillWanted()) return;
      this.#stage.say(
        this.#stage.canShow
          ? t('{0} cannot be read. It may have been deleted from the run folder.', label)
          : t('This version of GAN Studio cannot show samples of this kind.'),
      );
    }
  }

  #togglePlay(): void {
    if (this.#timer !== null) {
      this.#stop();
      return;
    }
    const start = this.#index() === this.#samples.length - 1 ? 0 : this.#index();
    this.#showPlaying(true);
    this.#show(start);
    this.#next();
  }

  /** One frame after another, each once its image is ready. */
  #next(): void {
    const spread = PLAY_MS / this.#samples.length;
    const frame = prefersReducedMotion()
      ? FRAME_MS.reducedMotion
      : Math.min(FRAME_MS.longest, Math.max(FRAME_MS.shortest, spread));
    this.#timer = window.setTimeout(async () => {
      const next = this.#samples[this.#index() + 1];
      if (next) await this.#stage.load(next.uri).catch(() => undefined);
      if (this.#timer === null) return;
      this.#show(this.#index() + 1);
      if (this.#picked === null) this.#stop();
      else this.#next();
    }, frame);
  }

  #stop(): void {
    if (this.#timer !== null) window.clearTimeout(this.#timer);
    this.#timer = null;
    this.#showPlaying(false);
  }

  #showPlaying(playing: boolean): void {
    setIcon(this.#playIcon, playing ? 'debug-pause' : 'play');
    const name = playing ? t('Pause playback') : t('Play');
    setAttribute(this.#play, 'title', name);
    setAttribute(this.#play, 'aria-label', name);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#samples.length < 2) return;
    const index = this.#index();
    const moves: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: this.#samples.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      this.#stop();
      this.#show(target);
    } else if (event.key === ' ') {
      this.#togglePlay();
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** By step; of samples with the same step the last one counts. */
function ordered(samples: readonly PanelSample[]): PanelSample[] {
  const byStep = new Map(samples.map((sample) => [sample.step, sample]));
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}
