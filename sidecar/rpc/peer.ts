/**
 * One end of a connection that asks and answers: JSON-RPC 2.0 by vscode-jsonrpc, with methods typed at both ends,
 * parameters checked before they are looked at, time-outs, and everything cancelled that is under way when the
 * connection closes. The same class serves the socket of a run and the pages of the extension.
 */
import {
  CancellationTokenSource,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  ResponseError,
} from 'vscode-jsonrpc';
import { REFUSED, RpcError, rpcError } from './rpc-error.ts';

/** What one end answers and hears. `requests`: [params, result] by method; `news`: params by method. */
export interface Side {
  readonly requests: object;
  readonly news: object;
}

type Params<Requests, Method extends keyof Requests> = Requests[Method] extends readonly [infer P, unknown] ? P : never;
type Result<Requests, Method extends keyof Requests> = Requests[Method] extends readonly [unknown, infer R] ? R : never;

interface Handler<P, R> {
  /** Parameters come from elsewhere and may be anything. */
  check(params: unknown): params is P;
  run(params: P, signal: AbortSignal): R | Promise<R>;
}

export interface Handlers<Mine extends Side> {
  readonly requests: {
    readonly [Method in keyof Mine['requests']]: Handler<
      Params<Mine['requests'], Method>,
      Result<Mine['requests'], Method>
    >;
  };
  readonly news: { readonly [Method in keyof Mine['news']]: Handler<Mine['news'][Method], void> };
}

/** A handler of parameters for which `check` holds. `signal` is aborted when nobody waits for the answer any more. */
export const handle = <P, R>(
  check: (params: unknown) => params is P,
  run: (params: P, signal: AbortSignal) => R | Promise<R>,
): Handler<P, R> => ({ check, run });

/** For methods without parameters. */
export const isNothing = (params: unknown): params is null => params === null;

export interface PeerOptions {
  /** Milliseconds that a request waits for its answer unless it says otherwise. */
  readonly timeout?: number;
  /** A handler threw, or a message could not be written. */
  readonly onError?: (method: string, error: unknown) => void;
}

export interface RequestOptions {
  /** In milliseconds; null: as long as it takes. */
  readonly timeout?: number | null;
  readonly signal?: AbortSignal;
}

const TIMEOUT = 30_000;

/** Where messages come from and go to. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

type AnyHandler = Handler<unknown, unknown>;

export class Peer<Mine extends Side, Theirs extends Side> {
  readonly #connection: MessageConnection;
  readonly #timeout: number;
  readonly #onError: (method: string, error: unknown) => void;
  /** Requests of the other side that are being answered. */
  readonly #answering = new Set<AbortController>();
  #closed = false;

  constructor(
    { reader, writer }: Transport,
    handlers: Handlers<Mine>,
    { timeout = TIMEOUT, onError = () => {} }: PeerOptions = {},
  ) {
    this.#timeout = timeout;
    this.#onError = onError;
    this.#connection = createMessageConnection(reader, writer, silent);
    for (const [method, handler] of Object.entries<AnyHandler>(handlers.requests)) {
      this.#connection.onRequest(method, (...given: unknown[]) => this.#answer(method, handler, given));
    }
    for (const [method, handler] of Object.entries<AnyHandler>(handlers.news)) {
      this.#connection.onNotification(method, (...given: unknown[]) => this.#hear(method, handler, given));
    }
    this.#connection.listen();
  }

  /**
   * Asks the other end. @throws RpcError: it refused, did not answer in time, or the connection was closed first.
   */
  request<Method extends keyof Theirs['requests'] & string>(
    method: Method,
    params: Params<Theirs['requests'], Method>,
    { timeout = this.#timeout, signal }: RequestOptions = {},
  ): Promise<Result<Theirs['requests'], Method>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new RpcError('closed', method);
      const cancellation = new CancellationTokenSource();
      const giveUp = (error: RpcError) => {
        reject(error);
        cancellation.cancel();
      };
      const timer = timeout === null ? undefined : setTimeout(() => giveUp(new RpcError('timed-out', method)), timeout);
      const abort = () => giveUp(new RpcError('cancelled', method));
      signal?.addEventListener('abort', abort);
      this.#connection
        .sendRequest<Result<Theirs['requests'], Method>>(method, params, cancellation.token)
        .then(resolve, (error: unknown) => reject(rpcError(method, error)))
        .finally(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
          cancellation.dispose();
        });
      if (signal?.aborted) abort();
    });
  }

  /** Tells the other end; nothing comes back. Does nothing once closed. */
  notify<Method extends keyof Theirs['news'] & string>(method: Method, params: Theirs['news'][Method]): void {
    if (this.#closed) return;
    this.#connection.sendNotification(method, params).catch((error: unknown) => {
      if (!this.#closed) this.#onError(method, error);
    });
  }

  /** Whoever waits for an answer is told; what is being answered is cancelled, and its answer dropped. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const controller of this.#answering) controller.abort();
    this.#connection.dispose();
  }

  async #answer(method: string, { check, run }: AnyHandler, given: readonly unknown[]): Promise<unknown> {
    const { params, token } = split(given);
    if (!check(params)) throw new ResponseError(ErrorCodes.InvalidParams, `${method}: wrong parameters`);
    const controller = new AbortController();
    const cancelled = token.onCancellationRequested(() => controller.abort());
    this.#answering.add(controller);
    try {
      return (await run(params, controller.signal)) ?? null;
    } catch (error) {
      this.#onError(method, error);
      const { message, code } =
        error instanceof Error ? (error as Error & { code?: unknown }) : { message: `${error}` };
      throw new ResponseError(REFUSED, message, typeof code === 'string' ? { code } : null);
    } finally {
      cancelled.dispose();
      this.#answering.delete(controller);
    }
  }

  async #hear(method: string, { check, run }: AnyHandler, given: readonly unknown[]): Promise<void> {
    const [params = null] = given;
    if (this.#closed || !check(params)) return;
    try {
      await run(params, new AbortController().signal);
    } catch (error) {
      this.#onError(method, error);
    }
  }
}

/** vscode-jsonrpc spreads the parameters over its handlers' arguments; a request's token comes last. */
function split(given: readonly unknown[]): { params: unknown; token: CancellationTokenSource['token'] } {
  return { params: given.length > 1 ? given[0] : null, token: given.at(-1) as CancellationTokenSource['token'] };
}

/** What the other side sends wrongly is nobody's business. */
const silent = { error() {}, warn() {}, info() {}, log() {} };
