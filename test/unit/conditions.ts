/** What some tests need of the machine, and how root tests what root alone may do. */

/** Skips the test, saying why, unless `met`. */
export function needs(test: Mocha.Context, met: boolean, what: string): void {
  if (met) return;
  console.log(`      skipped: this needs ${what}`);
  test.skip();
}

export const posix = process.platform !== 'win32';

const NOBODY = 65534;

/** Runs `act` without the rights of root, to whom no file is forbidden; as whoever runs the tests otherwise. */
export async function withoutRoot(act: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
