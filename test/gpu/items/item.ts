/** An item's process: does one thing, and tells the kit what it finds as it finds it. */
import { exit } from 'node:process';
import type { Message } from '../results.ts';

/** Thrown where something that the item needs is not on this machine. */
export class NotHere extends Error {}

const send = (message: Message): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) {
      console.log(JSON.stringify(message, null, 2));
      resolve();
    } else process.send(message, () => resolve());
  });

/** Hands over all numbers so far, in place of those before. */
export const tell = (numbers: unknown): Promise<void> => send({ numbers });

/** Runs the item and ends the process. The item fails with the message of what `work` throws. */
export function runItem(work: () => Promise<void>): void {
  work()
    .then(
      () => send({ end: 'passed' }),
      (error: unknown) => {
        console.error(error);
        const reason = error instanceof Error ? error.message : String(error);
        return send({ end: error instanceof NotHere ? 'skipped' : 'failed', reason });
      },
    )
    .then(() => exit(0));
}
