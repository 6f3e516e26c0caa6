import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connectToRun, type RunCommand } from '../../../sidecar/runs/connection.ts';
import { writeSession } from '../../../sidecar/runs/session-file.ts';
import { RunServer } from '../../../sidecar/session/server.ts';
import { newSocketPath } from '../../../sidecar/session/socket-path.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { MAX_MESSAGE_BYTES, PROTOCOL_VERSION } from '../../../sidecar/terms/protocol.ts';
import type { RunRecord } from '../../../sidecar/terms/run-record.ts';
import { needs, posix } from '../conditions.ts';
import { emptyFolder, record, removeFolders, row } from '../runs/fixtures.ts';

const token = randomBytes(32).toString('hex');

interface Served {
  readonly server: RunServer;
  readonly directory: string;
  readonly path: string;
  readonly log: string[];
  readonly commands: RunCommand[];
}

const frame = (message: unknown): string => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
const request = (method: string, params: unknown = null, id: unknown = 1) => ({ jsonrpc: '2.0', id, method, params });
const hello = (changes: object = {}) =>
  frame(request('hello', { token, protocolVersion: PROTOCOL_VERSION, client: 'test', ...changes }));

/** Resolves at the end of the socket, whether it was closed or reset. */
const closing = (socket: Socket) => new Promise((resolve) => socket.resume().once('close', resolve));

const withCode = (code: string) => (error: unknown) =>
  error instanceof UserError && error.code === code && !error.message.includes('\n');

describe('The server of a run', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await removeFolders();
  });

  async function serve(options: { helloTimeout?: number; refuse?: string } = {}): Promise<Served> {
    const directory = await emptyFolder();
    const path = await newSocketPath(directory);
    const log: string[] = [];
    const commands: RunCommand[] = [];
    let state: RunRecord['state'] = 'running';
    const server = await RunServer.listen(path, {
      token,
      record: () => ({ ...record, state }),
      command: async (command) => {
        if (options.refuse !== undefined) throw new Error(options.refuse);
        commands.push(command);
        state = command === 'pause' ? 'paused' : 'running';
      },
      log: (level, message) => log.push(`${level} ${message}`),
      ...(options.helloTimeout !== undefined && { helloTimeout: options.helloTimeout }),
    });
    ends.push(() => server.close());
    const startedAt = new Date().toISOString();
    await writeSession(directory, {
      pid: process.pid,
      socket: path,
      token,
      protocolVersion: PROTOCOL_VERSION,
      startedAt,
    });
    return { server, directory, path, log, commands };
  }

  async function open(path: string): Promise<Socket> {
    const socket = connect(path);
    ends.push(() => socket.destroy());
    // The server may close while bytes are still being sent.
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  async function client(served: Served, name = 'test') {
    const connection = await connectToRun(served.directory, name);
    ends.push(() => connection.dispose());
    return connection;
  }

  it('keeps its socket and its token to their owner', async function () {
    needs(this, posix, 'POSIX file modes');
    const { path, directory } = await serve();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(join(path, '..'))).mode & 0o777, 0o700);
    assert.equal((await stat(join(directory, 'session.json'))).mode & 0o777, 0o600);
    assert.ok(Buffer.byteLength(path) <= 103);
    const long = await newSocketPath(join(directory, 'x'.repeat(200)));
    assert.ok(Buffer.byteLength(long) <= 103);
  });

  it('carries out commands and answers when they have taken effect', async () => {
    const served = await serve();
    const connection = await client(served);
    assert.deepEqual(connection.run, record);
    assert.equal((await connection.request('pause')).state, 'paused');
    assert.equal((await connection.request('resume')).state, 'running');
    assert.deepEqual(served.commands, ['pause', 'resume']);
    assert.deepEqual(served.log.slice(0, 2), ['info test connected', 'info test asks: pause']);
  });

  it('says why a command was not carried out', async () => {
    const served = await serve({ refuse: 'not now' });
    const connection = await client(served);
    await assert.rejects(connection.request('pause'), (error: unknown) => {
      assert.ok(withCode('runs/refused')(error));
      assert.match(String(error), /not now/);
      return true;
    });
  });

  it('tells news to every client that has said hello, and to no stranger', async () => {
    const served = await serve();
    const stranger = await open(served.path);
    const heard: Buffer[] = [];
    stranger.on('data', (chunk) => heard.push(chunk));
    const clients = [await client(served, 'first'), await client(served, 'second')];
    const arrivals = clients.map(
      (connection) => new Promise((resolve) => connection.onNews((method, params) => resolve([method, params]))),
    );
    served.server.broadcast({ method: 'metrics', params: row(5) });
    assert.deepEqual(await Promise.all(arrivals), Array(2).fill(['metrics', row(5)]));
    assert.deepEqual(heard, []);
  });

  it('shortens long log lines in the news', async () => {
    const served = await serve();
    const connection = await client(served);
    const arrival = new Promise((resolve) => connection.onNews((_method, params) => resolve(params)));
    served.server.broadcast({ method: 'log', params: { level: 'info', message: 'x'.repeat(2 * MAX_MESSAGE_BYTES) } });
    assert.deepEqual(await arrival, { level: 'info', message: `${'x'.repeat(8192)}…` });
  });

  const attacks: Readonly<Record<string, { readonly sends: string | Buffer; readonly logs: RegExp }>> = {
    'binary garbage': { sends: Buffer.alloc(4096, 0xfe), logs: /no end of header within 1024 bytes/ },
    'a header without end': { sends: 'X'.repeat(100_000), logs: /no end of header/ },
    'a header without a length': { sends: 'Content-Type: x\r\n\r\n{}', logs: /header without Content-Length/ },
    'a negative length': { sends: 'Content-Length: -5\r\n\r\n{}', logs: /header without Content-Length/ },
    'a length that is no number': { sends: 'Content-Length: 1e3\r\n\r\n{}', logs: /header without Content-Length/ },
    'an announcement of more than is allowed': {
      sends: `Content-Length: ${MAX_MESSAGE_BYTES + 1}\r\n\r\n`,
      logs: /message of 1048577 bytes, at most 1048576 allowed/,
    },
    'a length beyond all numbers': {
      sends: `Content-Length: ${'9'.repeat(40)}\r\n\r\n`,
      logs: /header without Content-Length/,
    },
    'an HTTP request': { sends: 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', logs: /header without Content-Length/ },
    'what is not JSON': { sends: frame('{"jsonrpc":"2.0",'), logs: /message is not JSON$/ },
    'JSON that is not JSON-RPC': { sends: frame({ hello: 1 }), logs: /message is not JSON-RPC/ },
    'a batch': { sends: frame([request('hello'), request('stop')]), logs: /message is not JSON-RPC/ },
    null: { sends: frame('null'), logs: /message is not JSON-RPC/ },
    'JSON nested without end': { sends: frame('['.repeat(500_000)), logs: /message is not JSON/ },
    'a notification': { sends: frame({ jsonrpc: '2.0', method: 'stop' }), logs: /message is not a request/ },
    'an answer nobody waits for': {
      sends: frame({ jsonrpc: '2.0', id: 1, result: 1 }),
      logs: /message is not a request/,
    },
    'a command before hello': { sends: frame(request('stop')), logs: /"stop" before hello/ },
    'a command in the same breath as hello': {
      sends: hello() + frame(request('stop', null, 2)),
      logs: /"stop" before hello/,
    },
    'a wrong token': { sends: hello({ token: 'x'.repeat(64) }), logs: /wrong token/ },
    'an empty token': { sends: hello({ token: '' }), logs: /wrong token/ },
    'a token that is no text': { sends: hello({ token: { length: 64 } }), logs: /wrong token/ },
    'a hello without anything': { sends: frame(request('hello')), logs: /wrong token/ },
    'another protocol version': {
      sends: hello({ protocolVersion: 99 }),
      logs: /protocol version 99, this process speaks 1/,
    },
  };

  for (const [name, { sends, logs }] of Object.entries(attacks)) {
    it(`refuses ${name}, logs it in one line, and goes on serving`, async () => {
      const served = await serve();
      const friend = await client(served);
      const socket = await open(served.path);
      const closed = closing(socket);
      socket.write(sends);
      await closed;
      const refusals = served.log.filter((line) => line.startsWith('warn connection refused: '));
      assert.equal(refusals.length, 1, served.log.join('\n'));
      assert.match(refusals[0]!, logs);
      assert.deepEqual(served.commands, []);
      assert.equal((await friend.request('pause')).state, 'paused');
    });
  }

  it('refuses a stranger that says nothing, or half a hello, for too long', async () => {
    const served = await serve({ helloTimeout: 50 });
    const silent = await open(served.path);
    const halting = await open(served.path);
    halting.write(hello().slice(0, 40));
    await Promise.all([silent, halting].map(closing));
    assert.deepEqual(served.log, Array(2).fill('warn connection refused: no hello in time'));
  });

  it('answers an authenticated client byte by byte, and refuses what it does not know', async () => {
    const served = await serve();
    const socket = await open(served.path);
    for (const byte of Buffer.from(hello())) socket.write(Buffer.of(byte));
    assert.match(String(await once(socket, 'data')), /"protocolVersion":1/);
    socket.write(frame(request('explode', null, 2)));
    assert.match(String(await once(socket, 'data')), /"id":2,"error":.*explode/);
    assert.deepEqual(served.commands, []);
  });

  it('drops a client that stops reading, without waiting for it', async () => {
    const served = await serve();
    const idle = await open(served.path);
    idle.write(hello());
    await once(idle, 'readable');
    const friend = await client(served);
    idle.pause();
    const params = { level: 'info', message: 'x'.repeat(8000) } as const;
    for (let i = 0; i < 2000; i++) {
      served.server.broadcast({ method: 'log', params });
      if (i % 100 === 0) await friend.request('pause');
    }
    assert.ok(
      served.log.some((line) => /connection refused: \d+ bytes were not read/.test(line)),
      served.log.at(-1),
    );
    assert.equal((await friend.request('resume')).state, 'running');
  });

  it('stops logging refusals before they fill the disk', async () => {
    const served = await serve();
    for (let i = 0; i < 110; i++) {
      const socket = await open(served.path);
      const closed = closing(socket);
      socket.end('garbage\r\n\r\n');
      await closed;
    }
    assert.equal(served.log.length, 101);
    assert.equal(served.log.at(-1), 'warn further refusals are not logged');
  });

  it('answers what is under way before it closes', async () => {
    const served = await serve();
    const connection = await client(served);
    const closed = new Promise<void>((resolve) => connection.onClose(resolve));
    const answer = connection.request('pause');
    while (served.commands.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await served.server.close();
    assert.equal((await answer).state, 'paused');
    await closed;
    await assert.rejects(connection.request('pause'), withCode('runs/connection-lost'));
    await assert.rejects(stat(served.path), { code: 'ENOENT' });
  });
});

describe('Connecting to a run', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await removeFolders();
  });

  /** A process that is not a sidecar, or a broken one. */
  async function pretend(behaviour: (socket: Socket) => void, protocolVersion = PROTOCOL_VERSION): Promise<string> {
    const directory = await emptyFolder();
    const path = await newSocketPath(directory);
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      behaviour(socket);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    await writeSession(directory, { pid: 42, socket: path, token, protocolVersion, startedAt: '' });
    return directory;
  }

  it('says that no process trains it', async () => {
    await assert.rejects(connectToRun(await emptyFolder(), 'test'), withCode('runs/not-running'));
  });

  it('says that the process is gone when the session file is stale', async () => {
    const directory = await emptyFolder();
    const socket = await newSocketPath(directory);
    await writeSession(directory, { pid: 42, socket, token, protocolVersion: PROTOCOL_VERSION, startedAt: '' });
    await assert.rejects(connectToRun(directory, 'test'), withCode('runs/not-running'));
  });

  it('says that another version trains', async () => {
    const directory = await pretend(() => {}, 99);
    await assert.rejects(connectToRun(directory, 'test'), (error: unknown) => {
      assert.ok(withCode('runs/wrong-version')(error));
      assert.match(String(error), /Process 42 .* version 99/);
      return true;
    });
  });

  it('gives up on a process that never answers', async () => {
    const directory = await pretend(() => {});
    await assert.rejects(connectToRun(directory, 'test', 50), withCode('runs/no-answer'));
  });

  it('ends with a process that closes, writes garbage, or floods', async () => {
    for (const behaviour of [
      (socket: Socket) => void socket.end(),
      (socket: Socket) => void socket.write(randomBytes(5000)),
      (socket: Socket) => void socket.write(`Content-Length: ${MAX_MESSAGE_BYTES + 1}\r\n\r\n`),
      (socket: Socket) => void socket.write(frame('{"jsonrpc":')),
    ]) {
      const directory = await pretend(behaviour);
      await assert.rejects(connectToRun(directory, 'test'), withCode('runs/connection-lost'));
    }
  });

  it('passes on only news that it knows', async () => {
    const directory = await pretend((socket) => {
      socket.once('data', () => {
        socket.write(frame({ jsonrpc: '2.0', id: 0, result: { protocolVersion: PROTOCOL_VERSION, run: record } }));
        setTimeout(() => {
          socket.write(frame({ jsonrpc: '2.0', method: 'surprise', params: {} }));
          socket.write(frame({ jsonrpc: '2.0', method: 'metrics', params: row(1) }));
        }, 20);
      });
    });
    const connection = await connectToRun(directory, 'test');
    ends.push(() => connection.dispose());
    const first = await new Promise((resolve) => connection.onNews((method) => resolve(method)));
    assert.equal(first, 'metrics');
  });
});
