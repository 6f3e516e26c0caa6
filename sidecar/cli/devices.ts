/** `gan devices`: what can train here, and what would make the rest work. */
import { type ExitCode, exitCodes } from '../runs/exit-codes.ts';
import { parseOptions } from './arguments.ts';
import { printLine, printObject, table } from './output.ts';

export async function devicesCommand(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseOptions(args, { json: { type: 'boolean' } }, 0);
  const { listDevices } = await import('../session/machinery.ts');
  const devices = await listDevices();
  if (values.json) {
    for (const device of devices) printObject({ event: 'device', ...device });
    return exitCodes.success;
  }
  const rows = devices.map(({ id, name, available, reason, remedy }) => [
    id,
    available ? 'available' : 'not available',
    available ? name : [reason, remedy].filter(Boolean).join(' '),
  ]);
  printLine(table(rows));
  return exitCodes.success;
}
