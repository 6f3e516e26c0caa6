/**
 * The kit's main program: does every item in a process of its own, writes each result as it ends, and
 * at last a summary. `run.sh` starts it in the folder that it unpacked.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env, exit, ppid } from 'node:process';
import type { DevicesNumbers } from '../items/devices.ts';
import type { ItemResult } from '../results.ts';
import { type Ending, ItemProcess } from './item-process.ts';
import { type Item, makeItems } from './items.ts';
import { readSettings } from './settings.ts';
import { summaryText } from './summary.ts';

/** Seconds under which an item is not begun. */
const LEAST = 3;

class Kit {
  readonly #settings = readSettings();
  readonly #items = makeItems(this.#settings.tiny).filter(({ id }) => this.#isWanted(id));
  readonly #results = new Map<string, ItemResult>();
  /** What leads to the GPU, from the devices' item on. */
  #environment: Readonly<Record<string, string>> = { GAN_TEST_GPU: '1' };
  /** Why there is none for WebGPU; null where there is one. */
  #noGpu: string | null = 'It is not known whether there is a GPU.';
  #running: ItemProcess | null = null;
  #interrupted: string | null = null;

  /** What leads to the GPU is always looked for. */
  #isWanted(id: string): boolean {
    const { items } = this.#settings;
    return items.length === 0 || id === 'devices' || items.some((name) => id.startsWith(name));
  }

  async run(): Promise<number> {
    const { results } = this.#settings;
    mkdirSync(path.join(results, 'logs'), { recursive: true });
    // What an earlier run left is not to be taken for this one's.
    for (const { id } of this.#items) rmSync(path.join(results, `${id}.json`), { force: true });
    for (const item of this.#items) {
      if (this.#interrupted !== null) break;
      await this.#do(item);
    }
    const all = [...this.#results.values()];
    const text = summaryText(all);
    writeFileSync(path.join(results, 'summary.txt'), text);
    console.log(`\n${text}\n${results}`);
    return this.#interrupted !== null ? 143 : all.some(({ status }) => status === 'failed') ? 1 : 0;
  }

  /** Ends what is running; the rest is not begun. */
  interrupt(why: string): void {
    this.#interrupted ??= why;
    this.#running?.cutOff(why);
  }

  async #do(item: Item): Promise<void> {
    const begin = performance.now();
    let numbers: unknown = null;
    const limit = Math.min(item.limit, (this.#settings.deadline - Date.now()) / 1000);
    const write = (status: ItemResult['status'], reason: string | null) =>
      this.#write({
        item: item.id,
        title: item.title,
        status,
        reason,
        seconds: (performance.now() - begin) / 1000,
        limit,
        date: new Date().toISOString().slice(0, 10),
        numbers,
      });
    const obstacle = this.#obstacle(item, limit);
    if (obstacle !== null) return write('skipped', obstacle);

    write('running', null);
    this.#running = new ItemProcess(item, this.#environment, this.#settings.results, (found) => {
      numbers = found;
      write('running', null);
    });
    const ending: Ending = await this.#running.ended(limit);
    this.#running = null;
    write(ending.status, ending.reason);
    if (item.id === 'devices' && numbers !== null) this.#take(numbers as DevicesNumbers);
  }

  #take({ setup, devices, pythons }: DevicesNumbers): void {
    const webgpu = devices.find(({ id }) => id === 'webgpu');
    const { reason = '', remedy = '' } = webgpu ?? {};
    this.#noGpu = webgpu?.available ? null : ['There is no GPU for WebGPU.', reason, remedy].filter(Boolean).join(' ');
    this.#environment = {
      ...this.#environment,
      ...setup?.environment,
      GAN_KIT_TORCH: JSON.stringify(pythons),
      ...(this.#noGpu === null ? {} : { GAN_KIT_NO_GPU: this.#noGpu }),
    };
  }

  #obstacle({ needsGpu }: Item, limit: number): string | null {
    if (limit < LEAST) return 'No time was left.';
    return needsGpu ? this.#noGpu : null;
  }

  #write(result: ItemResult): void {
    this.#results.set(result.item, result);
    const file = path.join(this.#settings.results, `${result.item}.json`);
    writeFileSync(`${file}.new`, `${JSON.stringify(result, null, 2)}\n`);
    renameSync(`${file}.new`, file);
    const { item, status, reason, seconds } = result;
    if (status !== 'running') console.log(`${item}: ${status}, ${seconds.toFixed(1)} s${reason ? `: ${reason}` : ''}`);
    else if (result.numbers === null) console.log(`${item} …`);
  }
}

const kit = new Kit();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => kit.interrupt(`It was ended by ${signal}.`));
}
// Where run.sh was killed in a way that it could not pass on.
const parent = ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  kit.interrupt('run.sh was killed.');
  const { GAN_KIT_WORK: work } = env;
  if (work) process.once('exit', () => rmSync(work, { recursive: true, force: true }));
}, 500).unref();

kit.run().then(exit, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
});
