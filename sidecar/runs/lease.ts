/**
 * The lease says which living process writes a run directory, so that two never train one run.
 *
 * Leases are numbered files, `lease-1.json`, `lease-2.json`…; the highest counts. Creating a file
 * exclusively is the one atomic act: whoever wants the run creates the number after a stale lease,
 * and of two that try only one succeeds. The holder rewrites its file every second.
 */
import { type FileHandle, link, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../terms/errors.ts';
import { diskError, errorCode } from './disk-error.ts';
import { processStart } from './process-identity.ts';

const RENEW_MILLISECONDS = 1000;

/** Another machine, or a system that does not tell when a process started, counts as gone after this silence. */
const SILENCE_MILLISECONDS = 30_000;

interface LeaseContent {
  readonly pid: number;
  readonly host: string;
  /** See `processStart`. */
  readonly processStart: string;
  /** ISO 8601. */
  readonly renewedAt: string;
}

export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
}

export class Lease {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #content: LeaseContent;
  readonly #timer: NodeJS.Timeout;
  #renewal: Promise<void> = Promise.resolve();

  private constructor(file: string, handle: FileHandle, content: LeaseContent, onLost: (reason: string) => void) {
    this.#file = file;
    this.#handle = handle;
    this.#content = content;
    this.#timer = setInterval(() => {
      this.#renewal = this.#renewal.then(() => this.#renew(onLost));
    }, RENEW_MILLISECONDS);
    this.#timer.unref();
  }

  /**
   * Takes the run directory for this process until `release` or the end of the process. `onLost` is
   * called once if the file disappears or can no longer be written; the caller must then stop writing.
   * @throws UserError "runs/in-use" while another process holds it.
   */
  static async acquire(directory: string, onLost: (reason: string) => void): Promise<Lease> {
    try {
      for (;;) {
        const newest = await newestLease(directory);
        if (newest !== null) await refuseIfAlive(directory, newest.file);
        const number = (newest?.number ?? 0) + 1;
        const file = join(directory, leaseName(number));
        const content = await ownContent();
        const handle = await createExclusively(directory, file, content);
        if (handle === null) continue;
        const others = await leaseNumbers(directory);
        if (others.some((other) => other > number)) {
          await handle.close();
          await rm(file, { force: true });
          continue;
        }
        for (const older of others.filter((other) => other < number)) {
          await rm(join(directory, leaseName(older)), { force: true });
        }
        return new Lease(file, handle, content, onLost);
      }
    } catch (error) {
      throw diskError(error, `take over the run folder ${directory}`);
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewal;
    await this.#handle.close().catch(() => {});
    await rm(this.#file, { force: true }).catch(() => {});
  }

  /** Trouble with the disk may pass; only a lease that is gone or another's is lost. */
  async #renew(onLost: (reason: string) => void): Promise<void> {
    try {
      const [there, mine] = await Promise.all([stat(this.#file), this.#handle.stat()]);
      if (there.ino !== mine.ino) this.#lose(onLost, `${this.#file} was replaced by another process`);
      else await write(this.#handle, { ...this.#content, renewedAt: new Date().toISOString() });
    } catch (error) {
      if (errorCode(error) === 'ENOENT') this.#lose(onLost, `${this.#file} was removed`);
    }
  }

  #lose(onLost: (reason: string) => void, reason: string): void {
    clearInterval(this.#timer);
    onLost(reason);
  }
}

/** Who holds the run directory, or null when no living process does. */
export async function leaseHolder(directory: string): Promise<LeaseHolder | null> {
  const newest = await newestLease(directory);
  return newest === null ? null : aliveHolder(newest.file);
}

const leaseName = (number: number): string => `lease-${number}.json`;

async function leaseNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => /^lease-(\d{1,9})\.json$/.exec(name)?.slice(1).map(Number) ?? []);
}

async function newestLease(directory: string): Promise<{ number: number; file: string } | null> {
  const number = Math.max(0, ...(await leaseNumbers(directory)));
  return number === 0 ? null : { number, file: join(directory, leaseName(number)) };
}

async function refuseIfAlive(directory: string, file: string): Promise<void> {
  const holder = await aliveHolder(file);
  if (holder === null) return;
  throw new UserError(
    'runs/in-use',
    `Process ${holder.pid} on ${holder.host} is training ${directory}. Stop it first, or open the run to watch it.`,
  );
}

async function aliveHolder(file: string): Promise<LeaseHolder | null> {
  let text: string;
  let silence: number;
  try {
    text = await readFile(file, 'utf8');
    silence = Date.now() - (await stat(file)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const content = parse(text);
  // Without hard links a lease is empty for a moment after its creation: young ones count as alive.
  if (content === null) return silence < SILENCE_MILLISECONDS ? { pid: 0, host: hostname() } : null;
  const holder = { pid: content.pid, host: content.host };
  if (content.host !== hostname()) return silence < SILENCE_MILLISECONDS ? holder : null;
  const start = await processStart(content.pid);
  if (start === null) return null;
  if (start === '' || content.processStart === '') return silence < SILENCE_MILLISECONDS ? holder : null;
  return start === content.processStart ? holder : null;
}

/** Creates the lease with its content already in it, or returns null where that name exists. */
async function createExclusively(directory: string, file: string, content: LeaseContent): Promise<FileHandle | null> {
  const temporary = join(directory, `.lease.${process.pid}.tmp`);
  const handle = await open(temporary, 'w', 0o644);
  try {
    await write(handle, content);
    await link(temporary, file);
    return handle;
  } catch (error) {
    await handle.close();
    if (errorCode(error) === 'EEXIST') return null;
    if (!withoutLinks.has(errorCode(error) ?? '')) throw error;
    return await createEmpty(file, content);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Errors of file systems that have no hard links (exFAT, some network shares). */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EINVAL']);

async function createEmpty(file: string, content: LeaseContent): Promise<FileHandle | null> {
  try {
    const handle = await open(file, 'wx', 0o644);
    await write(handle, content);
    return handle;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null;
    throw error;
  }
}

async function ownContent(): Promise<LeaseContent> {
  return {
    pid: process.pid,
    host: hostname(),
    processStart: (await processStart(process.pid)) ?? '',
    renewedAt: new Date().toISOString(),
  };
}

/** The length never changes, so that writing in place leaves no remains of the text before. */
async function write(handle: FileHandle, content: LeaseContent): Promise<void> {
  await handle.write(`${JSON.stringify(content)}\n`, 0);
}

function parse(text: string): LeaseContent | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, host, processStart, renewedAt } = value as Partial<Record<keyof LeaseContent, unknown>>;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1 || typeof host !== 'string') return null;
    return { pid, host, processStart: String(processStart), renewedAt: String(renewedAt) };
  } catch {
    return null;
  }
}
