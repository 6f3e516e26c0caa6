/**
 * Opens a real VS Code on examples/ with the extension loaded from this folder: `npm run vscode`.
 * An installed desktop VS Code if there is one; else the prepared server, at a printed address.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from './paths.ts';
import { startVSCodeServer } from './vscode-server.ts';

const examples = path.join(projectRoot, 'examples');
const isWindows = process.platform === 'win32';

/** The desktop's command, unless this is a terminal without a screen. */
const desktopCommand = (): string | null => {
  const hasScreen = isWindows || process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return null;
  const command = process.env.VSCODE_PATH ?? 'code';
  const { status } = spawnSync(command, ['--version'], { shell: isWindows });
  return status === 0 ? command : null;
};

const openDesktop = (command: string) => {
  const args = ['--new-window', `--extensionDevelopmentPath=${projectRoot}`, examples];
  spawn(command, args, { shell: isWindows, stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
};

const serve = async () => {
  const port = process.env.PORT ? Number(process.env.PORT) : undefined;
  const server = await startVSCodeServer({
    development: true,
    settings: { 'security.workspace.trust.enabled': true, 'workbench.startupEditor': 'readme' },
    ...(port === undefined ? {} : { port }),
  });
  console.log(`VS Code with the extension, on examples/:\n\n  ${server.url(examples, projectRoot)}\n`);
  console.log('It listens on this machine only. Press Ctrl-C to end it; runs that train go on.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
};

const command = desktopCommand();
if (command === null) await serve();
else openDesktop(command);
