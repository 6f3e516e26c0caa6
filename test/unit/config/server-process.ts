/** The real language server in a process of its own, spoken to as an editor does. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  LogMessageNotification,
  MarkupContent,
  type ProtocolConnection,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Bundles the server as esbuild.mjs does, without the rest of the product. */
const bundle = (folder: string): string => {
  const file = join(folder, 'config-server.cjs');
  const options = {
    entryPoints: ['extension/config-language/server.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    outfile: file,
  };
  const script = `import { build } from 'esbuild'; await build(${JSON.stringify(options)});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  return file;
};

export class ConfigServer {
  /** What the server logged as errors. */
  readonly errors: string[] = [];
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  #document: TextDocument | undefined;

  private constructor(file: string) {
    this.#process = fork(file, ['--node-ipc'], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#connection = createProtocolConnection(
      new IPCMessageReader(this.#process),
      new IPCMessageWriter(this.#process),
    );
    this.#connection.onNotification(LogMessageNotification.type, ({ message }) => void this.errors.push(message));
    this.#connection.listen();
  }

  static async start(folder: string): Promise<ConfigServer> {
    const server = new ConfigServer(bundle(folder));
    await server.#connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await server.#connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Shows the server this text as the content of the file; a bar is the cursor, and its place is returned. */
  async show(file: string, marked: string) {
    const cursor = Math.max(0, marked.indexOf('|'));
    const text = marked.replace('|', '');
    const uri = pathToFileURL(file).href;
    if (this.#document?.uri === uri) {
      this.#document = TextDocument.create(uri, 'jsonc', this.#document.version + 1, text);
      await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: this.#document.version },
        contentChanges: [{ text }],
      });
    } else {
      this.#document = TextDocument.create(uri, 'jsonc', 1, text);
      await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'jsonc', version: 1, text },
      });
    }
    return this.#document.positionAt(cursor);
  }

  get #shown(): TextDocument {
    if (!this.#document) throw new Error('Show a text first.');
    return this.#document;
  }

  async diagnostics(): Promise<Diagnostic[]> {
    const textDocument = { uri: this.#shown.uri };
    const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    return report.kind === 'full' ? report.items : [];
  }

  /** Completion at the bar. */
  async complete(file: string, marked: string): Promise<CompletionItem[]> {
    const position = await this.show(file, marked);
    const textDocument = { uri: this.#shown.uri };
    const result = await this.#connection.sendRequest(CompletionRequest.type, { textDocument, position });
    return Array.isArray(result) ? result : (result?.items ?? []);
  }

  /** The text with this completion applied. */
  accept({ textEdit }: CompletionItem): string {
    if (!textEdit || !('range' in textEdit)) throw new Error('The item has no edit.');
    return TextDocument.applyEdits(this.#shown, [textEdit]);
  }

  /** The hover at the bar as Markdown; null without one. */
  async hover(file: string, marked: string): Promise<string | null> {
    const position = await this.show(file, marked);
    const textDocument = { uri: this.#shown.uri };
    const hover = await this.#connection.sendRequest(HoverRequest.type, { textDocument, position });
    return hover && MarkupContent.is(hover.contents) ? hover.contents.value : null;
  }

  /** Quick fixes for a diagnostic on screen, each with the text that it makes. */
  async fixes(diagnostic: Diagnostic): Promise<{ action: CodeAction; text: string }[]> {
    const { uri } = this.#shown;
    const context = { diagnostics: [diagnostic] };
    const params = { textDocument: { uri }, range: diagnostic.range, context };
    const actions = (await this.#connection.sendRequest(CodeActionRequest.type, params)) ?? [];
    return actions.map((action) => {
      const edits = ('edit' in action && action.edit?.changes?.[uri]) || [];
      return { action: action as CodeAction, text: TextDocument.applyEdits(this.#shown, edits) };
    });
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    await exited;
    this.#connection.dispose();
  }
}
