/**
 * The language server of gan.config.json. VS Code's JSON engine does what a schema can say; this adds
 * only meaning: rules between keys, the data on disk, computed numbers. It reads names and headers,
 * runs nothing, and so works in untrusted workspaces.
 */

import {
  CodeActionKind,
  createConnection,
  DocumentDiagnosticReportKind,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ConfigFile } from './config-file.ts';
import { DataMemory } from './data-memory.ts';
import { meaningDiagnostics } from './diagnostics.ts';
import { guard } from './guard.ts';
import { hover } from './hover.ts';
import { completePath } from './path-completion.ts';
import { quickFixes } from './quick-fixes.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const memory = new DataMemory();
const guarded = guard((message) => connection.console.error(message));

const fileOf = ({ uri }: { uri: string }): ConfigFile | null => {
  const document = documents.get(uri);
  return document && uri.startsWith('file:') ? new ConfigFile(document, memory) : null;
};

connection.onInitialize(() => ({
  serverInfo: { name: 'GAN config' },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    diagnosticProvider: { identifier: 'gan', interFileDependencies: false, workspaceDiagnostics: false },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    completionProvider: { triggerCharacters: ['"', '/'] },
    hoverProvider: true,
  },
}));

connection.languages.diagnostics.on(
  guarded('Diagnostics', { kind: DocumentDiagnosticReportKind.Full, items: [] }, async ({ textDocument }) => {
    const file = fileOf(textDocument);
    return { kind: DocumentDiagnosticReportKind.Full, items: file ? await meaningDiagnostics(file) : [] };
  }),
);

connection.onCodeAction(
  guarded('Quick fixes', [], async (params) => {
    const file = fileOf(params.textDocument);
    return file ? quickFixes(file, params) : [];
  }),
);

connection.onCompletion(
  guarded('Completion', null, async ({ textDocument, position }) => {
    const file = fileOf(textDocument);
    return file && completePath(file, file.offsetAt(position));
  }),
);

connection.onHover(
  guarded('Hover', null, async ({ textDocument, position }) => {
    const file = fileOf(textDocument);
    return file && hover(file, file.offsetAt(position));
  }),
);

documents.onDidOpen(() => memory.forget());
documents.onDidSave(() => memory.forget());
documents.listen(connection);
connection.listen();
