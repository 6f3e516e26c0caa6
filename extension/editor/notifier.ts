/**
 * The one way to tell a person something outside the views. Nobody waits for an answer: an action
 * runs when it is chosen, which may be never. Every notification is logged and can be observed.
 */
import * as vscode from 'vscode';
import { type Log, logFailure } from './log.ts';

export type Severity = 'info' | 'warning' | 'error';

export interface Action {
  readonly title: string;
  run(): unknown;
}

export interface Notification {
  readonly severity: Severity | 'status';
  readonly message: string;
  readonly actions: readonly Action[];
}

const STATUS_MILLISECONDS = 8000;

const present = {
  info: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
} as const;

export class Notifier implements vscode.Disposable {
  readonly #log: Log;
  readonly #shown = new vscode.EventEmitter<Notification>();
  readonly onDidShow = this.#shown.event;

  constructor(log: Log) {
    this.#log = log;
  }

  info(message: string, ...actions: readonly Action[]): void {
    this.#log.info(message);
    this.#show('info', message, actions);
  }

  warning(message: string, ...actions: readonly Action[]): void {
    this.#log.warn(message);
    this.#show('warning', message, actions);
  }

  error(message: string, ...actions: readonly Action[]): void {
    this.#log.error(message);
    this.#show('error', message, actions);
  }

  /** A word in passing, in the status bar. */
  status(message: string): void {
    this.#log.info(message);
    this.#shown.fire({ severity: 'status', message, actions: [] });
    vscode.window.setStatusBarMessage(message, STATUS_MILLISECONDS);
  }

  dispose(): void {
    this.#shown.dispose();
  }

  #show(severity: Severity, message: string, actions: readonly Action[]): void {
    this.#shown.fire({ severity, message, actions });
    Promise.resolve(present[severity](message, ...actions.map(({ title }) => title)))
      .then((chosen) => actions.find(({ title }) => title === chosen)?.run())
      .catch(logFailure(this.#log, `After "${message}"`));
  }
}
