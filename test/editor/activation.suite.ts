import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editorCommandIds } from '../../extension/editor/command-ids.ts';
import { actionTitles, activate, manifest, notificationOf } from './support.ts';

describe('activation', () => {
  it('registers every command of package.json', async () => {
    await activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(registered.has(command), command);
  });

  it('runs only commands of VS Code that there are', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    // Not listed, though there; and no page opens the system's file manager.
    const unlisted = [...(vscode.env.uiKind === vscode.UIKind.Web ? ['revealFileInOS'] : []), 'setContext'];
    assert.deepEqual(
      editorCommandIds.filter((id) => !registered.has(id)),
      unlisted,
    );
  });

  it('has GAN: Train say what is missing in an empty workspace', async () => {
    const shown = await notificationOf('gan.train');
    assert.match(shown.message, /^This workspace has no gan\.config\.json\. Create one with “GAN: New Config…”\.$/);
    assert.deepEqual(actionTitles(shown), ['New Config…']);
  });

  it('gives every setting its default', () => {
    const settings = vscode.workspace.getConfiguration();
    for (const [key, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.deepEqual(settings.get(key), value, key);
    }
  });
});
