#!/usr/bin/env node
/** `gan`: everything the editor does, without an editor. */
import { type CommandName, commandHelp, generalHelp } from './cli/help.ts';
import { printError } from './cli/human-reporter.ts';
import { recordedError } from './session/failure.ts';
import { programVersion } from './session/versions.ts';
import { UserError } from './terms/errors.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './terms/exit-codes.ts';

type Command = (args: readonly string[]) => Promise<ExitCode>;

/** Loaded when called, so that help and lists do not wait for what only training needs. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  train: async () => (await import('./cli/train.ts')).trainCommand,
  resume: async () => (await import('./cli/train.ts')).resumeCommand,
  new: async () => (await import('./cli/new.ts')).newCommand,
  presets: async () => (await import('./cli/presets.ts')).presetsCommand,
  validate: async () => (await import('./cli/validate.ts')).validateCommand,
  devices: async () => (await import('./cli/devices.ts')).devicesCommand,
  runs: async () => (await import('./cli/runs.ts')).runsCommand,
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
const asksHelp = (argument: string): boolean => argument === '--help' || argument === '-h';

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === 'help' || asksHelp(name)) {
    process.stdout.write(generalHelp);
    return name === undefined ? exitCodes.config : exitCodes.success;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${programVersion}\n`);
    return exitCodes.success;
  }
  if (!isCommand(name)) {
    throw new UserError('usage', `Unknown command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  }
  if (args.some(asksHelp)) {
    process.stdout.write(commandHelp[name]);
    return exitCodes.success;
  }
  const command = await commands[name]();
  return command(args);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    printError(error);
    process.exit(exitCodeOf(recordedError(error).code));
  },
);
