/** How a request fails. */
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';

/** Code of an answer that says no, in the range that JSON-RPC 2.0 leaves to servers. */
export const REFUSED = -32000;

/** refused: the other end threw, and the message is its; unknown: it has no such method. */
export type RpcFailure = 'refused' | 'unknown' | 'timed-out' | 'cancelled' | 'closed';

const MESSAGES: Readonly<Record<Exclude<RpcFailure, 'refused'>, string>> = {
  unknown: 'is not known to the other end',
  'timed-out': 'was not answered in time',
  cancelled: 'was cancelled',
  closed: 'was not answered: the connection was closed',
};

export class RpcError extends Error {
  readonly failure: RpcFailure;
  /** Code of the error that the other end threw; null where it had none. */
  readonly code: string | null;

  /** @param refusal what the other end says, with its code. */
  constructor(
    failure: RpcFailure,
    method: string,
    refusal?: { readonly message: string; readonly code: string | null },
  ) {
    super(refusal?.message ?? `"${method}" ${failure === 'refused' ? 'was refused' : MESSAGES[failure]}`);
    this.name = 'RpcError';
    this.failure = failure;
    this.code = refusal?.code ?? null;
  }
}

const FAILURES: ReadonlyMap<number, RpcFailure> = new Map([
  [ErrorCodes.MethodNotFound, 'unknown'],
  [ErrorCodes.PendingResponseRejected, 'closed'],
  [ErrorCodes.MessageWriteError, 'closed'],
]);

/** What vscode-jsonrpc rejects with. */
export function rpcError(method: string, error: unknown): RpcError {
  if (!(error instanceof ResponseError)) return new RpcError('closed', method);
  const failure = FAILURES.get(error.code);
  if (failure !== undefined) return new RpcError(failure, method);
  const { code = null } = (error.data ?? {}) as { readonly code?: string | null };
  return new RpcError('refused', method, { message: error.message, code });
}
