/** A process that a fake starts, as libraries start helpers; it connects to the test, which sees it come and go. */
import { spawn } from 'node:child_process';

/** Names the local port on which a test listens for helpers. */
export const HELPER_PORT = 'GAN_TEST_HELPER_PORT';

/** Starts one where a test listens. */
export function startHelper(): void {
  const port = process.env[HELPER_PORT];
  if (port === undefined) return;
  const program = `require('node:net').connect(${Number(port)}, '127.0.0.1').resume()`;
  spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
}
