/** Builds programs that tests start as processes of their own. */
import { rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../node-bundle.ts';

const built = new Map<string, Promise<string>>();

/** Path of the bundle of an entry point, given from the project's root; built once a test run. */
export function buildProgram(entry: string): Promise<string> {
  const known = built.get(entry);
  if (known !== undefined) return known;
  const program = bundle(entry);
  built.set(entry, program);
  return program;
}

async function bundle(entry: string): Promise<string> {
  // Inside the project, so that what stays external is found in node_modules.
  const outfile = join(process.cwd(), 'dist', 'test', 'programs', `${process.pid}-${parse(entry).name}.cjs`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  await build({ ...nodeBundle, entryPoints: [entry], outfile });
  return outfile;
}
