/** `gan presets`: the ready configs that `gan new` writes. */
import { presetList } from '../config/preset-list.ts';
import { type ExitCode, exitCodes } from '../terms/exit-codes.ts';
import { parseOptions } from './arguments.ts';
import { printLine, printObject, table } from './output.ts';

export async function presetsCommand(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseOptions(args, { json: { type: 'boolean' } }, 0);
  if (values.json) {
    for (const preset of presetList) printObject({ event: 'preset', ...preset });
    return exitCodes.success;
  }
  printLine(table([['preset', 'group', 'what it is'], ...presetList.map(({ id, group, line }) => [id, group, line])]));
  printLine('\nWrite one with: gan new <preset>');
  return exitCodes.success;
}
