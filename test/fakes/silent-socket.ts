/** Is up, but whoever connects hears nothing. */
import { createServer } from 'node:net';
import { newSocketPath } from '../../sidecar/session/socket-path.ts';
import { announce, openRun } from './fake-run.ts';

const { directory } = await openRun();
const socket = await newSocketPath(directory);
createServer(() => {}).listen(socket, () => announce(directory, socket));
