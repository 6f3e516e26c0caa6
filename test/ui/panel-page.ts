/** The run panel as a person finds it: the same in the test page and in a real workbench's webview. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { RunAction } from '../../webview/messages.ts';

export class PanelPage {
  readonly #scope: Page | FrameLocator;

  /** `scope`: the page, or the frame inside the webview. */
  constructor(scope: Page | FrameLocator) {
    this.#scope = scope;
  }

  #named(testId: string): Locator {
    return this.#scope.locator(`[data-testid="${testId}"]`);
  }

  get name(): Locator {
    return this.#named('run-name');
  }
  /** Running, Paused, Finished… */
  get state(): Locator {
    return this.#named('state');
  }
  get about(): Locator {
    return this.#named('about');
  }
  get progress(): Locator {
    return this.#named('progress');
  }
  figure(name: 'step' | 'pace' | 'left' | 'elapsed' | 'device'): Locator {
    return this.#named(`figure-${name}`);
  }
  /** What it is of. */
  figureName(name: 'pace'): Locator {
    return this.figure(name).locator('xpath=preceding-sibling::dt');
  }
  command(command: RunAction): Locator {
    return this.#named(`command-${command}`);
  }
  notice(name: 'failure' | 'interrupted' | 'command-error'): Locator {
    return this.#named(`notice-${name}`);
  }
  get dismissError(): Locator {
    return this.#named('dismiss-error');
  }

  /** By the name of the chart. */
  tab(chart: string): Locator {
    return this.#named(`tab-${chart}`);
  }
  get tabs(): Locator {
    return this.#scope.locator('[role="tab"]');
  }
  get chartUnit(): Locator {
    return this.#named('chart-unit');
  }
  get chart(): Locator {
    return this.#named('chart');
  }
  /** The area between the axes, which takes the mouse. */
  get plot(): Locator {
    return this.chart.locator('.u-over');
  }
  get canvas(): Locator {
    return this.chart.locator('canvas');
  }
  get chartEmpty(): Locator {
    return this.#named('chart-empty');
  }
  get table(): Locator {
    return this.#named('metrics-table');
  }
  get tableToggle(): Locator {
    return this.#named('table-toggle');
  }
  get logScale(): Locator {
    return this.#named('log-scale');
  }
  get smoothing(): Locator {
    return this.#named('smoothing');
  }
  get resetZoom(): Locator {
    return this.#named('reset-zoom');
  }
  get legendStep(): Locator {
    return this.#named('legend-step');
  }
  /** Of a loss, by its name in the metrics. */
  legend(metric: string): Locator {
    return this.#named(`legend-${metric}`);
  }
  legendSmoothed(metric: string): Locator {
    return this.#named(`legend-${metric}-smoothed`);
  }
  get statistics(): Locator {
    return this.#named('statistics');
  }
  get statisticsToggle(): Locator {
    return this.#named('statistics-toggle');
  }
  statistic(metric: string): Locator {
    return this.#named(`statistic-${metric}`);
  }
  /** The values at the chart's cursor as a screen reader hears them. */
  get spokenReading(): Locator {
    return this.#named('spoken-reading');
  }
  /** What a screen reader is told now and then. */
  get summary(): Locator {
    return this.#named('summary');
  }

  get sampleImage(): Locator {
    return this.#named('sample-image');
  }
  get sampleStage(): Locator {
    return this.#named('sample-stage');
  }
  get sampleStep(): Locator {
    return this.#named('sample-step');
  }
  get sampleCaptions(): Locator {
    return this.#named('sample-captions');
  }
  get sampleMessage(): Locator {
    return this.#named('sample-message');
  }
  get slider(): Locator {
    return this.#named('sample-slider');
  }
  get play(): Locator {
    return this.#named('sample-play');
  }
  get newestSample(): Locator {
    return this.#named('sample-newest');
  }

  /** Resolves once the losses are drawn and a sample grid is shown. */
  async drawn(): Promise<void> {
    await this.canvas.waitFor();
    await this.sampleImage.waitFor();
  }
}
