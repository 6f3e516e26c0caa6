/** What people look at: a terminal, or lines in a file. */
export interface Screen {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Milliseconds, for pacing. */
  now(): number;
}

export const CLEAR_LINE = '\r\x1b[K';

const MAX_BAR_CELLS = 30;

/** A share from 0 to 1 in as many cells as there is room for; nothing where that says too little. */
export function bar(share: number, room: number): string {
  const cells = Math.min(MAX_BAR_CELLS, room);
  if (cells < 4) return '';
  const full = Math.min(cells, Math.floor(cells * share));
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

const screenOn = (stream: NodeJS.WriteStream): Screen => ({
  write: (text) => void stream.write(text),
  isTerminal: stream.isTTY === true,
  get columns() {
    return stream.columns || 80;
  },
  now: () => performance.now(),
});

export const standardScreen: Screen = screenOn(process.stdout);

/** For progress beside a result on standard output that may go into a pipe. */
export const errorScreen: Screen = screenOn(process.stderr);
