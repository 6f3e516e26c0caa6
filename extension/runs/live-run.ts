/** A run that trains now and that this window is connected to: what it is, and how it ends. */
import * as vscode from 'vscode';
import type { RunConnection } from '../../sidecar/runs/connection.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import type { MetricsRow, RunRecord } from '../../sidecar/terms/protocol.ts';
import type { ObservedRun } from '../../sidecar/terms/run-record.ts';

/** A run that trains now, as the views see it. */
export interface LiveRun {
  readonly directory: string;
  readonly name: string;
  readonly configPath: string;
  readonly state: 'starting' | 'running' | 'paused' | 'stopping';
  readonly record: ObservedRun | undefined;
  /** Newest metrics since this window connected. */
  readonly recent: readonly MetricsRow[];
}

/** How a run that this window was connected to came to its end. */
export interface RunEnd {
  readonly directory: string;
  readonly name: string;
  readonly configPath: string;
  /** Undefined: the run directory is gone. A state that is not final: its process lives but does not answer. */
  readonly run: ObservedRun | undefined;
  /** The person asked for it in this window. */
  readonly asked: boolean;
}

/** A process that took a command and was not heard of again. */
export class NotAnswering extends UserError {
  readonly directory: string;

  constructor(run: LiveRun, timeout: number) {
    super(
      'sidecar/no-answer',
      vscode.l10n.t(
        '{0} has not responded for {1} s. Wait, or end its process and resume the run later.',
        run.name,
        timeout / 1000,
      ),
    );
    this.directory = run.directory;
  }
}

/** The controller's own side of a live run. */
export class ConnectedRun implements LiveRun {
  readonly directory: string;
  readonly name: string;
  readonly configPath: string;
  readonly startedHere: boolean;
  readonly cancel = new AbortController();
  state: LiveRun['state'] = 'starting';
  record: RunRecord | undefined;
  recent: readonly MetricsRow[] = [];
  connection: RunConnection | undefined;
  asked = false;
  /** Connections lost while the process lived. */
  losses = 0;

  constructor(directory: string, name: string, configPath: string, startedHere: boolean) {
    this.directory = directory;
    this.name = name;
    this.configPath = configPath;
    this.startedHere = startedHere;
  }

  /** The error for a command that comes before the process can be talked to. */
  notYet(): UserError {
    return new UserError(
      'editor/wrong-state',
      vscode.l10n.t('{0} is still starting. Try again in a moment.', this.name),
    );
  }
}
