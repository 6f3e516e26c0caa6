/** Ends a process together with what it started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { win32 } from 'node:path';

/** The exit code of taskkill where there is no such process. */
const NOT_FOUND = 128;

/**
 * Kills the process, and with it, where the system can tell, all that it started: on Windows by parent, elsewhere
 * the process group that it leads. One that is gone already is none of our business. Throws what the system says
 * where it refuses.
 */
export async function endTree(pid: number): Promise<void> {
  if (process.platform === 'win32') await runTaskkill(pid);
  else if (!killed(-pid)) killed(pid);
}

/** The program of Windows that ends a tree, by its full path: a folder may hold another of that name. */
export function taskkill(
  pid: number,
  environment: NodeJS.ProcessEnv,
): { readonly file: string; readonly args: string[] } {
  const file = win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  return { file, args: ['/T', '/F', '/PID', String(pid)] };
}

async function runTaskkill(pid: number): Promise<void> {
  const { file, args } = taskkill(pid, process.env);
  const [code] = (await once(spawn(file, args, { stdio: 'ignore', windowsHide: true }), 'exit')) as [number | null];
  if (code !== 0 && code !== NOT_FOUND) throw new Error(`${file} ended with code ${code}.`);
}

/** False: there is no such process, or group where `target` is negative. */
function killed(target: number): boolean {
  try {
    return process.kill(target, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
