/** Editing a config: what the JSON Schema gives, what the language server adds, and that nothing comes twice. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllEditors, next, openEditor, writeConfig } from './support.ts';

const config = (data: object, more: object = {}) => ({ model: { architecture: 'dcgan' }, data, ...more });

async function diagnosticsOf(uri: vscode.Uri, wanted: (found: vscode.Diagnostic[]) => boolean) {
  const found = () => vscode.languages.getDiagnostics(uri);
  if (!wanted(found())) {
    await next(
      vscode.languages.onDidChangeDiagnostics,
      `diagnostics of ${uri.path}`,
      ({ uris }) => uris.some(({ path }) => path === uri.path) && wanted(found()),
    );
  }
  return found();
}

function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${text} is in the document`);
  return document.positionAt(offset + 1);
}

async function hoverText(document: vscode.TextDocument, at: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf(document, at),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

describe('editing a config', () => {
  after(closeAllEditors);

  it('is JSON with comments', async () => {
    const uri = await writeConfig('comments', `// mine\n${JSON.stringify(config({ source: 'digits' }))}`);
    assert.equal((await openEditor(uri)).languageId, 'jsonc');
  });

  it('reports a value outside its range once, from the schema', async () => {
    const uri = await writeConfig('range', config({ source: 'digits' }, { training: { batchSize: 0 } }));
    await openEditor(uri);
    const found = await diagnosticsOf(uri, (all) => all.length > 0);
    assert.equal(found.length, 1, found.map(({ message }) => message).join('\n'));
  });

  it('completes keys and values', async () => {
    const document = await openEditor(await writeConfig('completion', config({ source: 'digits' })));
    const at = (text: string) =>
      vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        positionOf(document, text),
      );
    const values = (await at('"dcgan"')).items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(values.includes('"chapter-deep"'), values.join());
    assert.equal(values.length, new Set(values).size, 'nothing is offered twice');
  });

  it('explains a key', async () => {
    const document = await openEditor(await writeConfig('hover', config({ source: 'digits' })));
    assert.match(await hoverText(document, '"architecture"'), /networks/);
  });

  it('tells the size of the model', async () => {
    const document = await openEditor(await writeConfig('hover-model', config({ source: 'digits' })));
    assert.match(await hoverText(document, '"model"'), /parameters/);
  });

  it('reports a path that does not exist, on the path', async () => {
    const uri = await writeConfig('missing-path', config({ source: 'folder', path: 'no-such-folder' }));
    const document = await openEditor(uri);
    const [found] = await diagnosticsOf(uri, (all) => all.length > 0);
    assert.ok(found);
    assert.equal(found.source, 'gan');
    assert.equal(document.getText(found.range), '"no-such-folder"');
  });

  it('mends what has one right answer by a quick fix', async () => {
    const both = config({ source: 'digits' }, { training: { steps: 10, epochs: 2 } });
    const uri = await writeConfig('quick-fix', both);
    const document = await openEditor(uri);
    const [found] = await diagnosticsOf(uri, (all) => all.length > 0);
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit);
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await diagnosticsOf(uri, (all) => all.length === 0);
    const { training } = JSON.parse(document.getText());
    assert.equal(Object.keys(training).length, 1);
    await document.save();
  });
});
