/** Commands by their listed names, with the arguments that they take. */
import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from './command-ids.ts';

/** Resolves with what the command returns. */
export function runCommand<Id extends keyof CommandArguments>(
  id: Id,
  ...args: CommandArguments[Id]
): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** The command as lenses, tree items and the status bar carry it. */
export function commandLink<Id extends CommandId>(
  title: string,
  id: Id,
  ...args: CommandArguments[Id]
): vscode.Command {
  return { title, command: id, arguments: [...args] };
}
