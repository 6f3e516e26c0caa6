/** Answers the hello as it should, then sends bytes that are no message; again on every connection. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { newSocketPath } from '../../sidecar/session/socket-path.ts';
import { PROTOCOL_VERSION } from '../../sidecar/terms/protocol.ts';
import { announce, openRun } from './fake-run.ts';

const writer = await openRun();
const socket = await newSocketPath(writer.directory);
const answer = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  result: { protocolVersion: PROTOCOL_VERSION, run: writer.record },
});
createServer((client) => {
  client.once('data', () => {
    client.write(`Content-Length: ${Buffer.byteLength(answer)}\r\n\r\n${answer}`);
    setTimeout(() => client.write(randomBytes(4096)), 50);
  });
  client.on('error', () => {});
}).listen(socket, () => announce(writer.directory, socket));
