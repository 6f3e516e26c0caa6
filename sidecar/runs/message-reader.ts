/**
 * Reads JSON-RPC messages from a peer that is not trusted: the same framing as vscode-jsonrpc's own
 * reader ("Content-Length: n", empty line, n bytes of JSON), which however buffers without a limit.
 */
import type { Socket } from 'node:net';
import { AbstractMessageReader, type DataCallback, type Disposable, type Message } from 'vscode-jsonrpc/node';

/** "Content-Length" and "Content-Type" with room to spare. */
const MAX_HEADER_BYTES = 1024;

const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * The first violation of the framing, of the size limit or of `check` fires `onError` once; nothing
 * that follows on the socket is read, and the owner should destroy it.
 */
export class LimitedMessageReader extends AbstractMessageReader {
  readonly #socket: Socket;
  readonly #maxBytes: number;
  readonly #check: (message: Message) => string | null;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  /** Bytes to receive before there is anything to do: a header's end, or a whole body. */
  #bodyBytes: number | null = null;
  #broken = false;

  /** `check` says what is wrong with a message, or null. */
  constructor(socket: Socket, maxBytes: number, check: (message: Message) => string | null = () => null) {
    super();
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    this.#check = check;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer) => this.#receive(chunk, callback);
    const onError = (error: Error) => this.fireError(error);
    const onClose = () => this.fireClose();
    this.#socket.on('data', onData).on('error', onError).on('close', onClose);
    return {
      dispose: () => this.#socket.off('data', onData).off('error', onError).off('close', onClose),
    };
  }

  #receive(chunk: Buffer, callback: DataCallback): void {
    if (this.#broken) return;
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    try {
      for (;;) {
        this.#bodyBytes ??= this.#takeHeader();
        if (this.#bodyBytes === null || this.#receivedBytes < this.#bodyBytes) return;
        const message = parse(this.#take(this.#bodyBytes));
        this.#bodyBytes = null;
        const wrong = this.#check(message);
        if (wrong !== null) throw new Error(wrong);
        callback(message);
      }
    } catch (error) {
      this.#broken = true;
      this.#received = [];
      this.#socket.pause();
      this.fireError(error);
    }
  }

  /** The body length that the next header gives, or null while the header is incomplete. */
  #takeHeader(): number | null {
    const start = this.#peek(MAX_HEADER_BYTES);
    const end = start.indexOf(HEADER_END);
    if (end === -1) {
      if (start.length === MAX_HEADER_BYTES) throw new Error(`no end of header within ${MAX_HEADER_BYTES} bytes`);
      return null;
    }
    const header = this.#take(end + HEADER_END.length).toString('latin1');
    const length = /^content-length: *(\d{1,15}) *\r$/im.exec(header)?.[1];
    if (length === undefined) throw new Error('header without Content-Length');
    if (Number(length) > this.#maxBytes)
      throw new Error(`message of ${length} bytes, at most ${this.#maxBytes} allowed`);
    return Number(length);
  }

  #peek(bytes: number): Buffer {
    const first = this.#received[0];
    if (first === undefined || first.length >= bytes || this.#received.length === 1) {
      return (first ?? Buffer.alloc(0)).subarray(0, bytes);
    }
    this.#received = [Buffer.concat(this.#received)];
    return this.#peek(bytes);
  }

  #take(bytes: number): Buffer {
    const all = this.#received.length === 1 ? (this.#received[0] as Buffer) : Buffer.concat(this.#received);
    this.#received = bytes === all.length ? [] : [all.subarray(bytes)];
    this.#receivedBytes -= bytes;
    return all.subarray(0, bytes);
  }
}

function parse(body: Buffer): Message {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Error('message is not JSON');
  }
  if (typeof value !== 'object' || value === null || !('jsonrpc' in value) || value.jsonrpc !== '2.0') {
    throw new Error('message is not JSON-RPC 2.0');
  }
  return { ...value, jsonrpc: '2.0' };
}
