/** `session.json`: how to reach the process of a run. Readable by its owner alone, because it holds the token. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionFile } from '../terms/protocol.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { diskError, errorCode } from './disk-error.ts';
import { SESSION_FILE } from './layout.ts';

export async function writeSession(runDirectory: string, session: SessionFile): Promise<void> {
  await writeFileAtomic(join(runDirectory, SESSION_FILE), `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
}

export async function removeSession(runDirectory: string): Promise<void> {
  await rm(join(runDirectory, SESSION_FILE), { force: true });
}

/** null where there is none, or none that can be understood. @throws UserError "runs/disk". */
export async function readSession(runDirectory: string): Promise<SessionFile | null> {
  const file = join(runDirectory, SESSION_FILE);
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as Partial<Record<keyof SessionFile, unknown>> | null;
    const sound =
      value !== null &&
      typeof value.socket === 'string' &&
      typeof value.token === 'string' &&
      typeof value.pid === 'number' &&
      typeof value.protocolVersion === 'number';
    return sound ? (value as SessionFile) : null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw diskError(error, `read ${file}`);
  }
}
