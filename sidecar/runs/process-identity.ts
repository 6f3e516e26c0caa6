/** Tells whether the very process that wrote something is still there, although numbers are reused. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from './disk-error.ts';

/**
 * When process `pid` of this machine started, in the system's own words; the same pid with another
 * start is another process. null where it is gone (a zombie too), '' where the system does not tell.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (!exists(pid)) return null;
  try {
    if (process.platform === 'linux') return await linuxStart(pid);
    if (process.platform === 'darwin') {
      const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'lstart=', '-p', String(pid)]);
      return stdout.trim();
    }
  } catch {
    return exists(pid) ? '' : null;
  }
  return '';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** proc(5): after the name in brackets come the state (field 3) and, as field 22, the start in ticks since boot. */
async function linuxStart(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  return `${boot.trim()} ${fields[19]}`;
}
