/** Every command that the extension contributes or runs, with what it takes. */
import type * as vscode from 'vscode';

/** What the extension contributes; a test compares this list with package.json both ways. */
export const commandIds = [
  'gan.train',
  'gan.stop',
  'gan.pause',
  'gan.resume',
  'gan.openRun',
  'gan.newConfig',
  'gan.selectDevice',
  'gan.installCuda',
  'gan.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];

/** VS Code's own commands that the extension runs; a test looks for them in a real VS Code. */
export const editorCommandIds = [
  'revealFileInOS',
  'revealInExplorer',
  'setContext',
  'vscode.openFolder',
  'workbench.action.openSettings',
  'workbench.actions.view.problems',
  'workbench.trust.manage',
] as const;

type EditorCommandId = (typeof editorCommandIds)[number];

/** A run by its directory. */
export type RunArgument = string | { readonly directory: string };

/** What our own code passes. Keybindings may pass anything, so handlers take `unknown`. */
export interface CommandArguments extends Readonly<Record<EditorCommandId, readonly unknown[]>> {
  readonly 'gan.train': readonly [config: vscode.Uri];
  readonly 'gan.stop': readonly [run: RunArgument];
  readonly 'gan.pause': readonly [run: RunArgument];
  /** `device`: on which to continue instead of the run's own. */
  readonly 'gan.resume': readonly [run: RunArgument | { readonly directory: string; readonly device: string }];
  /** Without a run: the person is asked. */
  readonly 'gan.openRun': readonly [run?: RunArgument];
  readonly 'gan.newConfig': readonly [];
  /** Without a config: the active one, or the person is asked. */
  readonly 'gan.selectDevice': readonly [config?: vscode.Uri];
  readonly 'gan.installCuda': readonly [];
  /** Without a run: the extension's own log. */
  readonly 'gan.showLog': readonly [run?: RunArgument];
}
