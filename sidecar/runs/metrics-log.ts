/** `metrics.jsonl`: one row a line, appended; the last line may be torn by a kill. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetricsRow } from '../terms/run-record.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { diskError, errorCode } from './disk-error.ts';
import { METRICS_FILE } from './layout.ts';

/** JSON has no NaN or infinity: they are written as null and read back as NaN. */
export const encodeMetricsRow = (row: MetricsRow): string => `${JSON.stringify(row)}\n`;

/** Splits text into the rows of its whole lines and the number of bytes they take. Unreadable lines are left out. */
export function parseMetrics(bytes: Uint8Array): { rows: MetricsRow[]; consumed: number } {
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8').split('\n');
  return { rows: lines.flatMap((line) => parseRow(line) ?? []), consumed: end };
}

function parseRow(line: string): MetricsRow | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value).map(
      ([name, number]) => [name, number === null ? Number.NaN : number] as const,
    );
    if (entries.some(([, number]) => typeof number !== 'number')) return null;
    const row = Object.fromEntries(entries) as MetricsRow;
    return Number.isSafeInteger(row.step) ? row : null;
  } catch {
    return null;
  }
}

/** Bytes read at once from the end of a file; many rows. */
const TAIL_BYTES = 2 ** 16;

/** The newest whole row, or null without one: read from the file's end, however long the run was. @throws UserError "runs/disk". */
export async function lastMetricsRow(runDirectory: string): Promise<MetricsRow | null> {
  const file = join(runDirectory, METRICS_FILE);
  try {
    const handle = await open(file);
    try {
      let tail: Buffer = Buffer.alloc(0);
      for (let start = (await handle.stat()).size; start > 0; ) {
        const length = Math.min(TAIL_BYTES, start);
        start -= length;
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
        tail = Buffer.concat([buffer.subarray(0, bytesRead), tail]);
        // What stands before the first line break may be the end of a row that begins further up.
        const whole = start === 0 ? tail : tail.subarray(tail.indexOf(0x0a) + 1);
        const row = parseMetrics(whole).rows.at(-1);
        if (row !== undefined) return row;
      }
      return null;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw diskError(error, `read ${file}`);
  }
}

/** Drops rows later than `step`, and any torn line, so that a resumed run appends where its checkpoint stands. */
export async function truncateMetricsAfter(runDirectory: string, step: number): Promise<void> {
  const file = join(runDirectory, METRICS_FILE);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw diskError(error, `read ${file}`);
  }
  const kept = parseMetrics(bytes).rows.filter((row) => row.step <= step);
  await writeFileAtomic(file, kept.map(encodeMetricsRow).join(''));
}
