/** The output channel "GAN Studio": everything the extension and the runs it watches have to say. */
import * as vscode from 'vscode';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('GAN Studio', { log: true });
}

/** Logs an error that nobody awaits, with its stack. For promises that are started and left. */
export function logFailure(log: Log, doing: string): (error: unknown) => void {
  return (error) => log.error(`${doing}:`, error instanceof Error ? (error.stack ?? error.message) : String(error));
}
