/**
 * Serves one run on a local socket. Whoever connects is a stranger until `hello` with the right token;
 * a message that is malformed, too large or too early ends that connection and touches nothing else.
 */
import { timingSafeEqual } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Message } from 'vscode-jsonrpc/node';
import { type Handlers, handle, isNothing, Peer } from '../rpc/peer.ts';
import type { RunCommand } from '../runs/connection.ts';
import { LimitedMessageReader } from '../runs/message-reader.ts';
import { BoundedMessageWriter } from '../runs/message-writer.ts';
import type { NewsItem } from '../runs/writer.ts';
import { UserError } from '../terms/errors.ts';
import {
  type HelloParams,
  MAX_MESSAGE_BYTES,
  type News,
  PROTOCOL_VERSION,
  type Requests,
  type RunClient,
  type RunProcess,
} from '../terms/protocol.ts';
import type { RunRecord } from '../terms/run-record.ts';

const HELLO_MILLISECONDS = 5000;
const CLOSE_MILLISECONDS = 1000;
const MAX_CONNECTIONS = 64;

/** News that a client has not read, in bytes, before it is dropped. */
const MAX_BACKLOG = 4 * MAX_MESSAGE_BYTES;

/** A log line longer than this is shortened in the news; the log file has all of it. */
const MAX_NEWS_LOG = 8192;

/** So that a client gone mad cannot fill the disk with log lines. */
const MAX_REFUSALS_LOGGED = 100;

export interface RunServerOptions {
  readonly token: string;
  readonly record: () => RunRecord;
  /** Carries out a command; the promise resolves when it has taken effect. */
  readonly command: (command: RunCommand, client: string) => Promise<void>;
  readonly log: (level: 'info' | 'warn', message: string) => void;
  /** Milliseconds a stranger has for its hello. */
  readonly helloTimeout?: number;
}

interface Client {
  readonly socket: Socket;
  readonly peer: Peer<RunProcess, RunClient>;
  /** null until hello. */
  name: string | null;
}

export class RunServer {
  readonly #options: RunServerOptions;
  readonly #server: Server;
  readonly #clients = new Set<Client>();
  readonly #pending = new Set<Promise<unknown>>();
  readonly #path: string;
  #refusals = 0;

  private constructor(path: string, options: RunServerOptions) {
    this.#path = path;
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** Listens on a Unix socket (then of mode 0600) or named pipe. @throws UserError "runs/socket". */
  static async listen(path: string, options: RunServerOptions): Promise<RunServer> {
    const run = new RunServer(path, options);
    try {
      await new Promise<void>((resolve, reject) => {
        run.#server.once('error', reject);
        run.#server.listen(path, () => {
          run.#server.off('error', reject);
          run.#server.on('error', (error) => options.log('warn', `socket: ${error.message}`));
          resolve();
        });
      });
      if (process.platform !== 'win32') await chmod(path, 0o600);
      return run;
    } catch (error) {
      run.#server.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(
        'runs/socket',
        `Cannot open the socket ${path}: ${reason}. Set TMPDIR to a writable local folder.`,
      );
    }
  }

  /** Sends news to every client that has said hello; waits for none. */
  broadcast(news: NewsItem): void {
    const item = news.method === 'log' ? shortened(news) : news;
    for (const { peer, name } of this.#clients) {
      if (name !== null) tell(peer, item);
    }
  }

  /** Answers what is still to be answered, then closes every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.allSettled(this.#pending);
    await setImmediate();
    for (const { socket } of this.#clients) socket.end();
    const timer = setTimeout(() => {
      for (const { socket } of this.#clients) socket.destroy();
    }, CLOSE_MILLISECONDS);
    await closed;
    clearTimeout(timer);
    if (process.platform !== 'win32') await rm(this.#path, { force: true });
  }

  #accept(socket: Socket): void {
    const reader = new LimitedMessageReader(socket, MAX_MESSAGE_BYTES, (message) => this.#check(message, client));
    const writer = new BoundedMessageWriter(socket, MAX_BACKLOG);
    const patience = setTimeout(
      () => this.#refuse(client, 'no hello in time'),
      this.#options.helloTimeout ?? HELLO_MILLISECONDS,
    );
    const command = (name: RunCommand) => handle(isNothing, () => this.#command(client, name));
    const handlers: Handlers<RunProcess> = {
      requests: {
        hello: handle(isAnything, (params) => {
          clearTimeout(patience);
          return this.#hello(client, params);
        }),
        pause: command('pause'),
        resume: command('resume'),
        stop: command('stop'),
      },
      news: {},
    };
    const client: Client = { socket, peer: new Peer({ reader, writer }, handlers), name: null };
    this.#clients.add(client);
    reader.onError((error) => this.#refuse(client, error.message));
    writer.onError(([error]) => this.#refuse(client, error.message));
    socket.once('close', () => {
      clearTimeout(patience);
      if (this.#clients.delete(client) && client.name !== null)
        this.#options.log('info', `${client.name} disconnected`);
      client.peer.close();
    });
  }

  /** What is wrong with a message that has come in, before anything else looks at it. */
  #check(message: Message, client: Client): string | null {
    const { id, method } = message as { id?: unknown; method?: unknown };
    if (typeof method !== 'string' || (typeof id !== 'number' && typeof id !== 'string'))
      return 'message is not a request';
    if (method !== 'hello' && client.name === null) return `${JSON.stringify(method.slice(0, 40))} before hello`;
    return null;
  }

  /** Throws what the stranger is told, and cuts it off. */
  #hello(client: Client, params: unknown): Requests['hello'][1] {
    const hello = helloParams(params);
    const refuse = (reason: string) => {
      this.#logRefusal(reason);
      void setImmediate().then(() => client.socket.destroySoon());
      return new Error(reason);
    };
    if (hello === null || !sameToken(hello.token, this.#options.token)) throw refuse('wrong token');
    if (hello.protocolVersion !== PROTOCOL_VERSION) {
      throw refuse(`protocol version ${hello.protocolVersion}, this process speaks ${PROTOCOL_VERSION}`);
    }
    if (client.name === null) this.#options.log('info', `${hello.client} connected`);
    client.name = hello.client;
    return { protocolVersion: PROTOCOL_VERSION, run: this.#options.record() };
  }

  async #command(client: Client, command: RunCommand): Promise<RunRecord> {
    this.#options.log('info', `${client.name} asks: ${command}`);
    const done = this.#options.command(command, client.name ?? '');
    this.#pending.add(done);
    try {
      await done;
      return this.#options.record();
    } finally {
      this.#pending.delete(done);
    }
  }

  #refuse(client: Client, reason: string): void {
    if (!this.#clients.delete(client)) return;
    this.#logRefusal(reason);
    client.socket.destroy();
  }

  #logRefusal(reason: string): void {
    this.#refusals++;
    if (this.#refusals <= MAX_REFUSALS_LOGGED) this.#options.log('warn', `connection refused: ${reason}`);
    if (this.#refusals === MAX_REFUSALS_LOGGED) this.#options.log('warn', 'further refusals are not logged');
  }
}

function shortened(news: Extract<NewsItem, { method: 'log' }>): NewsItem {
  const { level, message } = news.params;
  if (message.length <= MAX_NEWS_LOG) return news;
  return { method: 'log', params: { level, message: `${message.slice(0, MAX_NEWS_LOG)}…` } };
}

function helloParams(value: unknown): HelloParams | null {
  if (typeof value !== 'object' || value === null) return null;
  const { token, protocolVersion, client } = value as Partial<Record<keyof HelloParams, unknown>>;
  if (typeof token !== 'string' || typeof protocolVersion !== 'number' || typeof client !== 'string') return null;
  return { token, protocolVersion, client: client.replace(/[^\w .-]/g, '').slice(0, 40) };
}

/** In constant time, so that the time of the answer tells nothing of the token. */
function sameToken(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a stranger says is looked at by `#hello`, which does more than to refuse it. */
const isAnything = (_params: unknown): _params is HelloParams => true;

const tell = <Method extends keyof News>(
  peer: Client['peer'],
  { method, params }: { readonly method: Method; readonly params: News[Method] },
): void => peer.notify(method, params);
