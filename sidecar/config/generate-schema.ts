/**
 * Writes `schemas/gan.schema.json` from the config's schema; `--check` fails if the file is stale.
 * Runs as TypeScript in Node.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ConfigSchema } from './schema.ts';

const file = fileURLToPath(new URL('../../schemas/gan.schema.json', import.meta.url));
const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...ConfigSchema }, null, 2)}\n`;

const written = () => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

if (!argv.includes('--check')) {
  mkdirSync(fileURLToPath(new URL('../../schemas', import.meta.url)), { recursive: true });
  writeFileSync(file, text);
} else if (written() !== text) {
  console.error('schemas/gan.schema.json is stale: run npm run schema.');
  exit(1);
}
