/** A VS Code server on a free local port, with its own data folder, ended with the process that started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './paths.ts';
import { prepareVSCode } from './prepare-vscode.ts';

export interface ServerOptions {
  /** User settings beside the quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folder of installed extensions; default an empty one. */
  readonly extensionsFolder?: string;
  /** Reaches the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Lets a page load an extension from its source folder; toasts and modal dialogs are then not shown. */
  readonly development?: boolean;
}

export interface VSCodeServer {
  readonly port: number;
  readonly dataFolder: string;
  /** Address that opens `folder`, with the extension at `extensionPath` loaded when it is given. */
  url(folder: string, extensionPath?: string, testsPath?: string): string;
  close(): Promise<void>;
}

/** No welcome pages, tours, telemetry or network; no question whether the folder is trusted. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // An animation in the middle of a screenshot would make it differ.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
};

/** Without an address VS Code asks no extension gallery anything. */
const noGallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

export const serverArguments = (dataFolder: string, extensionsFolder: string): string[] => [
  path.join(prepareVSCode(), 'out', 'server-main.js'),
  '--accept-server-license-terms',
  '--telemetry-level',
  'off',
  '--server-data-dir',
  dataFolder,
  '--extensions-dir',
  extensionsFolder,
];

export const startVSCodeServer = async (options: ServerOptions = {}): Promise<VSCodeServer> => {
  const dataFolder = temporaryFolder('vscode');
  const settings = { ...quietSettings, ...options.settings };
  // Some settings of a remote window are read from the machine's file alone.
  for (const scope of ['User', 'Machine']) {
    mkdirSync(path.join(dataFolder, 'data', scope), { recursive: true });
    writeFileSync(path.join(dataFolder, 'data', scope, 'settings.json'), JSON.stringify(settings, null, 2));
  }

  const child = spawn(
    process.execPath,
    [
      ...serverArguments(dataFolder, options.extensionsFolder ?? path.join(dataFolder, 'extensions')),
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
      ...(options.development ? ['--enable-smoke-test-driver'] : []),
    ],
    // Its own process group, so that the extension hosts it starts end with it.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...noGallery, ...options.env } },
  );
  const kill = endWithThisProcess(child, dataFolder);
  child.on('exit', (code) => {
    if (code !== null) console.error(`The VS Code server ended with code ${code}.`);
  });
  const port = await listeningPort(child);

  return {
    port,
    dataFolder,
    url(folder, extensionPath, testsPath) {
      const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`;
      const payload = [
        ['skipWelcome', 'true'],
        ...(extensionPath ? [['extensionDevelopmentPath', remote(extensionPath)]] : []),
        ...(testsPath ? [['extensionTestsPath', remote(testsPath)]] : []),
      ];
      const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
      return `http://127.0.0.1:${port}/?${query}`;
    },
    async close() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      kill();
      if (child.exitCode === null && child.signalCode === null) await ended;
      removeFolder(dataFolder);
    },
  };
};

const listeningPort = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with code ${code}:\n${output}`)));
  });

/** Ends the server, when the returned function is called or this process ends by whatever way. */
const endWithThisProcess = (child: ChildProcess, dataFolder: string): (() => void) => {
  const kill = () => {
    process.off('exit', killAndClean);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  const killAndClean = () => {
    kill();
    removeFolder(dataFolder);
  };
  process.on('exit', killAndClean);
  return kill;
};

const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
