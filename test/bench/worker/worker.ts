/** Trains one model on one engine that JavaScript drives: `worker <engine> <model> <batch size> <threads>`. */

import { performance } from 'node:perf_hooks';
import { argv, exit, resourceUsage, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { makeBatches } from '../batches.ts';
import { findModel } from '../models/index.ts';
import type { Losses, Program } from '../models/model.ts';
import type { Burst, Checked, Ended, Failed, Ready, Request } from '../protocol.ts';
import { openEngine } from './engines.ts';
import { type SessionClock, startSessionClock } from './session-clock.ts';

const say = (answer: Ready | Checked | Burst | Ended | Failed) => stdout.write(`${JSON.stringify(answer)}\n`);

class Training {
  readonly #clock: SessionClock;
  readonly #compiled: boolean;
  readonly #next: () => Promise<Losses>;

  constructor(program: Program, batches: ReturnType<typeof makeBatches>, clock: SessionClock, compiled: boolean) {
    this.#clock = clock;
    this.#compiled = compiled;
    let step = 0;
    this.#next = () => {
      const at = step;
      step += 1;
      return program.run(at, batches[at % batches.length]!);
    };
  }

  async check(steps: number): Promise<Checked> {
    const losses: Losses[] = [];
    const start = performance.now();
    losses.push(await this.#next());
    const firstStepSeconds = (performance.now() - start) / 1000;
    const sessionSeconds = this.#compiled ? this.#clock.compiled / 1000 : null;
    while (losses.length < steps) losses.push(await this.#next());
    return { losses, firstStepSeconds, sessionSeconds, note: '' };
  }

  async burst(seconds: number, steps: number): Promise<Burst> {
    const ranBefore = this.#clock.ran;
    const start = performance.now();
    let done = 0;
    let elapsed = 0;
    do {
      await this.#next();
      done += 1;
      elapsed = (performance.now() - start) / 1000;
    } while (elapsed < seconds || done < steps);
    const ran = (this.#clock.ran - ranBefore) / 1000;
    return { steps: done, seconds: elapsed, javascriptSeconds: this.#compiled ? elapsed - ran : null };
  }
}

async function main(): Promise<void> {
  const [engineId = '', modelId = '', batchSize = '', threads = ''] = argv.slice(2);
  const clock = startSessionClock();
  const { engine, name } = await openEngine(engineId, Number(threads));
  const model = findModel(modelId);
  const program = model.create(engine, Number(batchSize));
  const compiled = engineId !== 'tensorflow' && !engineId.startsWith('tfjs-');
  const training = new Training(program, makeBatches(model.images, Number(batchSize)), clock, compiled);
  say({ engine: name });
  for await (const line of createInterface({ input: stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.do === 'check') say(await training.check(request.steps));
    else if (request.do === 'burst') say(await training.burst(request.seconds, request.steps));
    else break;
  }
  say({ peakBytes: resourceUsage().maxRSS * 1024 });
}

main().then(
  () => exit(0),
  (error: unknown) => {
    say({ failed: error instanceof Error ? error.message : String(error) });
    exit(1);
  },
);
