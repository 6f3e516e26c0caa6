/** Shown in place of the chart until the first step is recorded: what the run is busy with. */
import { element, setAttribute, setIcon, setText } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { PanelRun } from '../messages.ts';
import { datasetText } from '../run/run-text.ts';

type Progress = 'done' | 'busy' | 'ahead';

const ICONS: Record<Progress, string> = { done: 'check', busy: 'loading', ahead: 'circle-outline' };

export class EmptyState {
  readonly #title = element('p', { class: 'empty-title' });
  readonly #tasks = [0, 1, 2].map(() => {
    const mark = element('span', { 'aria-hidden': 'true' });
    const text = element('span');
    return { mark, text, root: element('li', {}, mark, text) };
  });
  readonly #list = element('ul', { class: 'tasks' }, ...this.#tasks.map(({ root }) => root));
  readonly root = element('div', { class: 'empty', 'data-testid': 'chart-empty' }, this.#title, this.#list);

  update(run: PanelRun): void {
    const waiting = run.state === 'starting' || run.state === 'running';
    setText(this.#title, waiting ? t('Waiting for the first step…') : t('No step was recorded.'));
    this.#list.hidden = !waiting;
    const { dataset, device } = run;
    this.#show(0, dataset ? 'done' : 'busy', dataset ? t('Data: {0}', datasetText(dataset)) : t('Loading data…'));
    this.#show(
      1,
      device ? 'done' : dataset ? 'busy' : 'ahead',
      device ? t('Device: {0}', device.name) : dataset ? t('Preparing the device…') : t('Device'),
    );
    const ready = dataset !== null && device !== null;
    this.#show(2, ready ? 'busy' : 'ahead', ready ? t('Compiling the training step…') : t('Training step'));
  }

  #show(index: number, progress: Progress, label: string): void {
    const task = this.#tasks[index];
    if (!task) return;
    setIcon(task.mark, progress === 'busy' ? 'loading codicon-modifier-spin' : ICONS[progress]);
    setText(task.text, label);
    setAttribute(task.root, 'class', progress);
  }
}
