/** Reads and writes `device` in a config's text; an edit of the document, so that it can be undone. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import { parseConfigText } from '../../sidecar/config/document.ts';
import { toFix } from '../../sidecar/config/edits.ts';
import { set } from '../../sidecar/config/problem.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import { configLabel } from '../configs/configs.ts';

/** What the config says, also where no such device exists; "auto" where it says nothing. */
export function readDevice(text: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const value: unknown = root && findNodeAtLocation(root, ['device'])?.value;
  return typeof value === 'string' ? value : 'auto';
}

/**
 * Writes the device into the config, which is shown, with comments and layout kept. A config that was
 * saved is saved again; one with changes of the person's own is left to them. False: it said so already.
 * @throws UserError "editor/not-editable".
 */
export async function writeDevice(config: vscode.Uri, device: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(config);
  const text = document.getText();
  if (readDevice(text) === device) return false;
  // An edit of text that cannot be read might break it further.
  const sound = parseConfigText(text).syntaxProblems.length === 0;
  const fix = sound ? toFix(text, set(['device'], device)) : null;
  const wasSaved = !document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text: newText } of fix?.edits ?? []) {
    edit.replace(config, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), newText);
  }
  await vscode.window.showTextDocument(document);
  if (!fix || !(await vscode.workspace.applyEdit(edit)) || readDevice(document.getText()) !== device) {
    throw new UserError(
      'editor/not-editable',
      vscode.l10n.t(
        '{0} could not be edited. Fix its errors first, or set "device": "{1}" yourself.',
        configLabel(config),
        device,
      ),
    );
  }
  if (wasSaved) await document.save();
  return true;
}
