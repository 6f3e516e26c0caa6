/** `gan validate`: every diagnostic of the given configs, as the editor shows them. */
import { diagnose } from '../config/diagnose.ts';
import { formatDiagnostic } from '../config/format-diagnostics.ts';
import { readConfigText } from '../config/load.ts';
import { recordedError } from '../session/failure.ts';
import { type ExitCode, exitCodes } from '../terms/exit-codes.ts';
import { parseOptions } from './arguments.ts';
import { printLine, printObject } from './output.ts';

export async function validateCommand(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, Number.POSITIVE_INFINITY);
  const files = positionals.length > 0 ? positionals : ['gan.config.json'];
  let errors = 0;
  let warnings = 0;
  for (const file of files) {
    for (const diagnostic of await diagnoseFile(file)) {
      if (diagnostic.severity === 'error') errors++;
      else warnings++;
      if (values.json) printObject({ event: 'diagnostic', file, ...diagnostic });
      else printLine(formatDiagnostic(file, diagnostic));
    }
  }
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  if (!values.json)
    printLine([count(files.length, 'config'), count(errors, 'error'), count(warnings, 'remark')].join(', '));
  return errors === 0 ? exitCodes.success : exitCodes.config;
}

async function diagnoseFile(file: string): Promise<readonly Parameters<typeof formatDiagnostic>[1][]> {
  let text: string;
  try {
    text = await readConfigText(file);
  } catch (error) {
    return [{ line: 1, column: 1, severity: 'error', ...recordedError(error) }];
  }
  return diagnose(text, file);
}
