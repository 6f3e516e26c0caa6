/** Prints every device with what it is or why it cannot run, as JSON. */
import { exit, stdout } from 'node:process';
import { listDevices } from '../../../sidecar/engine/index.ts';

void listDevices().then((devices) => stdout.write(JSON.stringify(devices), () => exit(0)));
