/** Banners under the header: how a run failed or was cut off, and commands that did not work. */
import { element, icon, iconButton, setText } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { PanelRun } from '../messages.ts';
import { failureAdvice } from '../run/run-text.ts';

export class Notices {
  readonly #failure = banner('error', 'failure');
  readonly #interrupted = banner('warning', 'interrupted');
  readonly #error = banner('warning', 'command-error');
  readonly root: HTMLElement;

  constructor() {
    const dismiss = iconButton({
      name: t('Dismiss'),
      icon: 'close',
      testId: 'dismiss-error',
      onClick: () => this.showError(null),
    });
    this.#error.root.append(dismiss);
    this.root = element(
      'div',
      { class: 'notices', role: 'alert' },
      this.#error.root,
      this.#failure.root,
      this.#interrupted.root,
    );
  }

  update(run: PanelRun): void {
    const { error } = run;
    this.#failure.root.hidden = run.state !== 'failed';
    if (run.state === 'failed') {
      this.#failure.show(
        error?.message ?? t('The run failed and gave no reason.'),
        failureAdvice(error?.code ?? ''),
        error?.code ?? '',
      );
    }
    this.#interrupted.root.hidden = run.state !== 'interrupted';
    if (run.state === 'interrupted') {
      this.#interrupted.show(
        t('The training process ended before the run was finished.'),
        t('Everything up to the last checkpoint is kept. Resume the run to continue from there.'),
        '',
      );
    }
  }

  /** A command's failure, until it is dismissed or another command is sent; null: none. */
  showError(message: string | null): void {
    this.#error.root.hidden = message === null;
    if (message !== null) this.#error.show(message, '', '');
  }
}

function banner(kind: 'error' | 'warning', name: string) {
  const message = element('p', { class: 'notice-message' });
  const advice = element('p', { class: 'notice-advice' });
  const code = element('code', { class: 'notice-code' });
  const root = element(
    'div',
    { class: `notice ${kind}`, 'data-testid': `notice-${name}`, hidden: true },
    icon(kind),
    element('div', { class: 'notice-text' }, message, advice),
    code,
  );
  return {
    root,
    show: (texts: string, adviceText: string, codeText: string) => {
      setText(message, texts);
      setText(advice, adviceText);
      setText(code, codeText);
      advice.hidden = adviceText === '';
      code.hidden = codeText === '';
    },
  };
}
