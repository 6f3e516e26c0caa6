/** The client side of the protocol: connects to the process that trains a run. */
import { connect, type Socket } from 'node:net';
import { SocketMessageWriter } from 'vscode-jsonrpc/node';
import { type Handlers, handle, Peer } from '../rpc/peer.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import { UserError } from '../terms/errors.ts';
import {
  MAX_MESSAGE_BYTES,
  type News,
  PROTOCOL_VERSION,
  type Requests,
  type RunClient,
  type RunProcess,
} from '../terms/protocol.ts';
import type { RunRecord } from '../terms/run-record.ts';
import { LimitedMessageReader } from './message-reader.ts';
import { readSession } from './session-file.ts';

const HELLO_MILLISECONDS = 5000;

/** What a person may ask of a run's process. */
export type RunCommand = Exclude<keyof Requests, 'hello'>;

export type NewsListener = <Method extends keyof News>(method: Method, params: News[Method]) => void;

export interface RunConnection {
  /** run.json as of the hello. */
  readonly run: RunRecord;
  /**
   * Resolves once the command has taken effect. @throws UserError "runs/refused" with the process's
   * reason, or "runs/connection-lost" when the process goes away first.
   */
  request(command: RunCommand): Promise<RunRecord>;
  onNews(listener: NewsListener): { dispose(): void };
  /** Called once when the process or the connection is gone, not after `dispose`. */
  onClose(listener: () => void): { dispose(): void };
  dispose(): void;
}

/**
 * Connects to the process of a run. `client` says who connects, for the run's log.
 *
 * @throws UserError: "runs/not-running" (no process), "runs/wrong-version" (another version of this
 * program trains), "runs/no-answer" (it does not answer within `timeout` milliseconds),
 * "runs/refused", "runs/connection-lost".
 */
export async function connectToRun(
  runDirectory: string,
  client: string,
  timeout = HELLO_MILLISECONDS,
): Promise<RunConnection> {
  const session = await readSession(runDirectory);
  if (session === null)
    throw new UserError('runs/not-running', `No process is training ${runDirectory}. Resume the run to continue.`);
  if (session.protocolVersion !== PROTOCOL_VERSION) {
    throw new UserError(
      'runs/wrong-version',
      `Process ${session.pid} is training ${runDirectory} with protocol version ${session.protocolVersion}, but this program uses ` +
        `${PROTOCOL_VERSION}. Wait until it ends, or end it with: kill ${session.pid}`,
    );
  }
  const socket = await open(session.socket, runDirectory, timeout);
  const connection = new SocketConnection(socket, runDirectory);
  try {
    await connection.hello({ token: session.token, protocolVersion: PROTOCOL_VERSION, client }, timeout);
    return connection;
  } catch (error) {
    connection.dispose();
    throw error;
  }
}

function open(path: string, runDirectory: string, timeout: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(noAnswer(runDirectory, timeout));
    }, timeout);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(
        new UserError(
          'runs/not-running',
          `The process that was training ${runDirectory} is gone (${error.message}). Resume the run to continue.`,
          { cause: error },
        ),
      );
    });
  });
}

const noAnswer = (runDirectory: string, timeout: number): UserError =>
  new UserError(
    'runs/no-answer',
    `The process training ${runDirectory} did not respond within ${timeout / 1000} s. Try again; its log says what it is doing.`,
  );

class SocketConnection implements RunConnection {
  readonly #socket: Socket;
  readonly #runDirectory: string;
  readonly #peer: Peer<RunClient, RunProcess>;
  readonly #newsListeners = new Set<NewsListener>();
  readonly #closeListeners = new Set<() => void>();
  /** Rejects when the connection ends; every request races with it. */
  readonly #lost: Promise<never>;
  #run: RunRecord | null = null;
  #disposed = false;

  constructor(socket: Socket, runDirectory: string) {
    this.#socket = socket;
    this.#runDirectory = runDirectory;
    const reader = new LimitedMessageReader(socket, MAX_MESSAGE_BYTES);
    this.#peer = new Peer({ reader, writer: new SocketMessageWriter(socket) }, this.#handlers());
    this.#lost = new Promise<never>((_resolve, reject) => {
      const lose = (why: string) => {
        socket.destroy();
        reject(new UserError('runs/connection-lost', `The connection to the process training ${runDirectory} ${why}.`));
      };
      reader.onError((error) => lose(`broke: ${error.message}`));
      socket.once('close', () => lose('was closed'));
    });
    this.#lost.catch(() => this.#close());
  }

  get run(): RunRecord {
    if (this.#run === null) throw new Error('hello has not been answered');
    return this.#run;
  }

  async hello(params: Requests['hello'][0], timeout: number): Promise<void> {
    const answer = await this.#answered(this.#peer.request('hello', params, { timeout }), timeout);
    this.#run = answer.run;
  }

  request(command: RunCommand): Promise<RunRecord> {
    // A command takes effect after the step that is under way, however long it is.
    return this.#answered(this.#peer.request(command, null, { timeout: null }), 0);
  }

  onNews(listener: NewsListener): { dispose(): void } {
    this.#newsListeners.add(listener);
    return { dispose: () => this.#newsListeners.delete(listener) };
  }

  onClose(listener: () => void): { dispose(): void } {
    this.#closeListeners.add(listener);
    return { dispose: () => this.#closeListeners.delete(listener) };
  }

  dispose(): void {
    this.#disposed = true;
    this.#socket.destroy();
  }

  async #answered<Result>(answer: Promise<Result>, timeout: number): Promise<Result> {
    try {
      return await Promise.race([answer, this.#lost]);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (error.failure === 'timed-out') throw noAnswer(this.#runDirectory, timeout);
      if (error.failure !== 'refused' && error.failure !== 'unknown') return this.#lost;
      throw new UserError('runs/refused', error.message, { cause: error });
    }
  }

  #handlers(): Handlers<RunClient> {
    const pass = <Method extends keyof News>(method: Method) =>
      handle(isObject<News[Method]>, (params) => {
        for (const listener of this.#newsListeners) listener(method, params);
      });
    return {
      requests: {},
      news: {
        run: pass('run'),
        metrics: pass('metrics'),
        sample: pass('sample'),
        checkpoint: pass('checkpoint'),
        log: pass('log'),
      },
    };
  }

  #close(): void {
    this.#peer.close();
    if (this.#disposed) return;
    for (const listener of this.#closeListeners) listener();
    this.#closeListeners.clear();
  }
}

/** The process is one of ours, which has shown its token: its news are looked at no closer. */
const isObject = <News extends object>(params: unknown): params is News =>
  typeof params === 'object' && params !== null && !Array.isArray(params);
