/** Writes JSON-RPC messages to a peer that may have stopped reading, without ever waiting for it. */
import type { Socket } from 'node:net';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-jsonrpc/node';

export class BoundedMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: Socket;
  readonly #maxBacklog: number;

  /** Destroys the socket once more than `maxBacklog` bytes wait for the peer. */
  constructor(socket: Socket, maxBacklog: number) {
    super();
    this.#socket = socket;
    this.#maxBacklog = maxBacklog;
  }

  async write(message: Message): Promise<void> {
    if (!this.#socket.writable) return;
    const body = Buffer.from(JSON.stringify(message));
    this.#socket.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
    if (this.#socket.writableLength > this.#maxBacklog) {
      const waiting = this.#socket.writableLength;
      this.#socket.destroy();
      this.fireError(new Error(`${waiting} bytes were not read`));
    }
  }

  end(): void {}
}
