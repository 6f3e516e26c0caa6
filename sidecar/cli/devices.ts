/** `gan devices`: what can train here, how fast, and what would make the rest work. */
import type { DeviceStatus } from '../engine/engine.ts';
import { UserError } from '../terms/errors.ts';
import { type ExitCode, exitCodes } from '../terms/exit-codes.ts';
import { parseOptions, threadCount } from './arguments.ts';
import { devicesText } from './device-table.ts';
import { installCommand } from './install.ts';
import { printLine, printObject } from './output.ts';
import { CLEAR_LINE, errorScreen, standardScreen } from './screen.ts';

const options = {
  json: { type: 'boolean' },
  'no-measure': { type: 'boolean' },
  install: { type: 'string' },
  threads: { type: 'string' },
} as const;

export async function devicesCommand(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseOptions(args, options, 0);
  const { install, json = false, threads } = values;
  const measure = values['no-measure'] !== true;
  if (install !== undefined) {
    if (threads !== undefined || !measure) {
      throw new UserError('usage', '--install can be combined with --json only. See --help.');
    }
    return installCommand(install, json);
  }
  const list = { measure, ...(threads !== undefined && { threads: threadCount(threads) }) };
  const devices = await found(list, json);
  if (json) for (const device of devices) printObject({ event: 'device', ...device });
  else printLine(devicesText(devices, standardScreen.isTerminal ? standardScreen.columns : Number.POSITIVE_INFINITY));
  return exitCodes.success;
}

/** The list, with a word in the terminal while it is made: trying and measuring take seconds. */
async function found(list: { measure: boolean; threads?: number }, json: boolean): Promise<readonly DeviceStatus[]> {
  const screen = json || !errorScreen.isTerminal ? null : errorScreen;
  screen?.write(list.measure ? 'Detecting and measuring devices…' : 'Detecting devices…');
  try {
    const { listDevices } = await import('../session/machinery.ts');
    return await listDevices(list);
  } finally {
    screen?.write(CLEAR_LINE);
  }
}
