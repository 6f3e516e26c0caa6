/**
 * The runs that train now and that this window is connected to, whoever started them: start, attach,
 * pause, resume, stop.
 */
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { reserveRunDirectory } from '../../sidecar/runs/layout.ts';
import { isCode } from '../../sidecar/terms/error-codes.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import type { ObservedRun } from '../../sidecar/terms/run-record.ts';
import type { Log } from '../editor/log.ts';
import { settings } from '../editor/settings.ts';
import { throttle } from '../editor/throttle.ts';
import { endTree } from '../processes/end-tree.ts';
import { startSidecar } from '../processes/sidecar-process.ts';
import { ConnectedRun, type LiveRun, type RunEnd } from './live-run.ts';
import { observe, RunLinks, request } from './run-links.ts';

/** How processes are started; tests put fakes in its place. */
export interface Launcher {
  /** The sidecar's bundle. */
  script: string;
  /** Milliseconds until a process that is not up is ended. */
  startTimeout: number;
  /** Milliseconds until a process is said not to answer a command; a step and a checkpoint fit in. */
  commandTimeout: number;
}

/** News is passed on at most this often, in milliseconds. */
const NEWS_INTERVAL = 100;

export class RunController implements vscode.Disposable {
  readonly #launcher: Launcher;
  readonly #log: Log;
  readonly #live = new Map<string, ConnectedRun>();
  /** Configs whose run directory is being made: a second command meets the first one here. */
  readonly #reserving = new Set<string>();
  readonly #attaching = new Set<string>();
  /** Runs whose process lives but cannot be talked to; they are not tried again. */
  readonly #unreachable = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #ended = new vscode.EventEmitter<RunEnd>();
  readonly #news = throttle(NEWS_INTERVAL, () => this.#changed.fire());
  readonly #links: RunLinks;
  #shuttingDown: Promise<unknown> = Promise.resolve();

  /** A live run came, went, changed its state or got on; news at most 10 times a second. */
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;

  constructor(launcher: Launcher, log: Log) {
    this.#launcher = launcher;
    this.#log = log;
    this.#links = new RunLinks(
      {
        onRecord: () => this.#changed.fire(),
        onMetrics: () => this.#news.call(),
        onEnd: (live, run) => this.#end(live, run),
      },
      log,
    );
  }

  /** In the order in which they came. */
  get live(): readonly LiveRun[] {
    return [...this.#live.values()];
  }

  get(directory: string): LiveRun | undefined {
    return this.#live.get(directory);
  }

  ofConfig(configPath: string): LiveRun | undefined {
    // As a URI, because Windows has the letter of a drive in either case.
    const uri = vscode.Uri.file(configPath).toString();
    return this.live.find((run) => vscode.Uri.file(run.configPath).toString() === uri);
  }

  /**
   * Starts a run and resolves once this window is connected to it, or it is over already.
   * @throws UserError when it does not come up; nothing of it is left then but what its process wrote.
   */
  async start(configPath: string, name: string, workspace: string): Promise<LiveRun> {
    if (this.#reserving.has(configPath) || this.ofConfig(configPath)) {
      throw new UserError('editor/already-starting', vscode.l10n.t('{0} is already starting.', name));
    }
    this.#reserving.add(configPath);
    try {
      const directory = await reserveRunDirectory(workspace, name);
      const args = ['train', '--config', configPath, '--run-dir', directory];
      return await this.#launch(new ConnectedRun(directory, name, configPath, true), args, workspace);
    } finally {
      this.#reserving.delete(configPath);
    }
  }

  /** Goes on with a run that has ended, from its last checkpoint, on its device or another. @throws UserError. */
  async restart(directory: string, { name, configPath }: ObservedRun, device?: string): Promise<LiveRun> {
    const live = this.#live.get(directory);
    if (live) throw new UserError('editor/already-training', vscode.l10n.t('{0} is already training.', name));
    const args = ['resume', '--run-dir', directory, ...(device === undefined ? [] : ['--device', device])];
    return this.#launch(new ConnectedRun(directory, name, configPath, true), args, directory);
  }

  /** Connects to a run that trains already. One that cannot be reached is left alone, with a word in the log. */
  async attach(directory: string, { name, configPath }: ObservedRun): Promise<void> {
    if (this.#live.has(directory) || this.#attaching.has(directory) || this.#unreachable.has(directory)) return;
    const live = new ConnectedRun(directory, name, configPath, false);
    this.#attaching.add(directory);
    try {
      await this.#links.connect(live);
      this.#live.set(directory, live);
      this.#log.info(`[${name}] connected to ${directory}`);
      this.#changed.fire();
    } catch (error) {
      // Its process may be about to open its socket, or to end.
      if (!(error instanceof UserError && isCode(error.code, 'runs/not-running'))) this.#unreachable.add(directory);
      this.#log.info(`[${name}] ${error instanceof Error ? error.message : error}`);
    } finally {
      this.#attaching.delete(directory);
    }
  }

  async pause(directory: string): Promise<void> {
    await this.#command(directory, 'pause');
  }

  /** Goes on after a pause. */
  async resume(directory: string): Promise<void> {
    await this.#command(directory, 'resume');
  }

  /** Ends the run after its present step, with a checkpoint; a run that is still starting ends at once. */
  async stop(directory: string): Promise<void> {
    const live = this.#connected(directory);
    live.asked = true;
    live.state = 'stopping';
    this.#changed.fire();
    if (!live.connection) {
      live.cancel.abort();
      return;
    }
    try {
      await request(live, 'stop', this.#launcher.commandTimeout);
    } catch (error) {
      // Its end may come before its answer.
      if (!(error instanceof UserError && isCode(error.code, 'runs/connection-lost'))) throw error;
    }
  }

  /** Kills the process of a run that does not answer; what came after its last checkpoint is lost. */
  async kill(directory: string): Promise<void> {
    const { record, name } = this.#connected(directory);
    if (!record || record.host !== hostname()) {
      throw new UserError(
        'sidecar/other-machine',
        vscode.l10n.t('{0} is training on another machine. End it there.', name),
      );
    }
    await endTree(record.pid);
  }

  /** The window closes: by the setting, runs that it started are stopped or left to themselves. */
  async shutDown(): Promise<void> {
    if (settings.onWindowClose() !== 'stop') return;
    const started = [...this.#live.values()].filter(({ startedHere }) => startedHere);
    this.#shuttingDown = Promise.allSettled(started.map(({ directory }) => this.stop(directory)));
    await this.#shuttingDown;
  }

  /** VS Code disposes before `shutDown` is done: the connections outlive the rest until it is. */
  dispose(): void {
    this.#links.dispose();
    this.#news.dispose();
    this.#changed.dispose();
    this.#ended.dispose();
    void this.#shuttingDown.then(() => {
      for (const { connection } of this.#live.values()) connection?.dispose();
      this.#live.clear();
    });
  }

  async #launch(live: ConnectedRun, args: readonly string[], cwd: string): Promise<LiveRun> {
    const { directory, name } = live;
    this.#live.set(directory, live);
    this.#unreachable.delete(directory);
    this.#changed.fire();
    this.#log.info(`[${name}] starting in ${directory}`);
    const since = new Date().toISOString();
    try {
      const { script, startTimeout } = this.#launcher;
      const sidecar = await startSidecar({
        script,
        args: [...args, ...settings.threadArguments()],
        cwd,
        nodePath: settings.nodePath(),
        runDirectory: directory,
        timeout: startTimeout,
        signal: live.cancel.signal,
        onFailure: (output) => this.#log.error(`[${name}] ${output}`),
      });
      try {
        await this.#links.connect(live);
      } catch (error) {
        const run = await observe(directory);
        // Over before it could be connected to, whichever way: told as the end of any other run is.
        if (run && run.endedAt !== null && run.endedAt >= since) {
          this.#end(live, run);
          return live;
        }
        await sidecar.stop();
        throw error;
      }
      if (live.asked) await this.stop(directory);
      return live;
    } catch (error) {
      this.#live.delete(directory);
      if (!(await observe(directory))) await rm(directory, { recursive: true, force: true });
      this.#changed.fire();
      throw error;
    }
  }

  #end(live: ConnectedRun, run: ObservedRun | undefined): void {
    const { directory, name, configPath, asked } = live;
    this.#live.delete(directory);
    if (run && run.endedAt === null && run.state !== 'interrupted') this.#unreachable.add(directory);
    this.#log.info(`[${name}] ${run?.state ?? 'gone'}`);
    this.#changed.fire();
    this.#ended.fire({ directory, name, configPath, run, asked });
  }

  async #command(directory: string, command: 'pause' | 'resume'): Promise<void> {
    const live = this.#connected(directory);
    this.#links.takeRecord(live, await request(live, command, this.#launcher.commandTimeout));
  }

  #connected(directory: string): ConnectedRun {
    const live = this.#live.get(directory);
    if (!live) throw new UserError('editor/no-run', vscode.l10n.t('Nothing is training in {0}.', directory));
    return live;
  }
}
