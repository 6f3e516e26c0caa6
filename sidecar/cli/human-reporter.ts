/** For people: a progress bar in a terminal, plain lines where there is none. */
import { basename, join, relative } from 'node:path';
import { cwd } from 'node:process';
import { recordedError } from '../session/failure.ts';
import type { TrainingOutcome } from '../session/run-training.ts';
import { isCode } from '../terms/error-codes.ts';
import { durationText, PACE_WINDOW, secondsLeft } from '../terms/pace.ts';
import type { MetricsRow, RunRecord } from '../terms/run-record.ts';
import { lossText, rateText } from './output.ts';
import type { Reporter } from './reporter.ts';
import { bar, CLEAR_LINE, type Screen } from './screen.ts';

/** Between two plain lines, in milliseconds. */
const LINE_INTERVAL = 1000;
/** Between two pictures of the bar, in milliseconds. */
const BAR_INTERVAL = 100;

export class HumanReporter implements Reporter {
  readonly #screen: Screen;
  #record: RunRecord | null = null;
  #recent: MetricsRow[] = [];
  #lastShown = Number.NEGATIVE_INFINITY;
  #lastSample: string | null = null;
  #directory = '';
  #trainedFrom = 0;
  #seconds = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  onOpened(directory: string): void {
    this.#directory = directory;
    this.#line(`Run folder: ${shown(directory)}`);
  }

  onStarted(_directory: string, record: RunRecord): void {
    this.#record = record;
    this.#trainedFrom = record.step;
    const { name, steps, step, dataset, device } = record;
    const begin = step === 0 ? `Training ${name}: ${steps} steps` : `Resuming ${name} at step ${step} of ${steps}`;
    this.#line(`${begin} on ${dataset?.name}, ${device?.name} (${device?.engine})`);
  }

  onProgress(done: number, total: number | null, what: string): void {
    const share = total === null || total === 0 ? `${done}` : `${Math.floor((100 * done) / total)}%`;
    this.#passing(`${what}: ${share}`, done === total);
  }

  onNews(news: Parameters<Reporter['onNews']>[0]): void {
    if (news.method === 'metrics') this.#metrics(news.params);
    else if (news.method === 'sample') this.#lastSample = join(this.#directory, news.params.file);
    else if (news.method === 'log' && news.params.level === 'warn') this.#line(`Warning: ${news.params.message}`);
  }

  stopping(): void {
    this.#line('Stopping after this step, with a checkpoint. Press Ctrl-C again to quit at once.');
  }

  ended({ directory, record, error }: TrainingOutcome): void {
    const took = this.#seconds > 0 ? ` in ${durationText(this.#seconds)}` : '';
    const trained = `${record.step} of ${record.steps} steps${took}`;
    if (record.state === 'finished') this.#line(`Finished ${trained}.`);
    else if (record.state === 'stopped') this.#line(`Stopped at ${trained}.`);
    if (this.#lastSample !== null) this.#line(`Last sample grid: ${this.#lastSample}`);
    this.#line(`Log: ${join(shown(directory), 'log.txt')}`);
    // Going on with a run that never began would fail again.
    if (record.state !== 'failed' || record.step > 0) this.#next(directory, record);
    if (error !== null) this.#clear();
  }

  #next(directory: string, record: RunRecord): void {
    const gan = programName();
    const run = quoted(shown(directory));
    const resume =
      record.state === 'finished'
        ? [`${gan} resume ${run} --set training.steps=${2 * record.steps}`, 'train longer']
        : [`${gan} resume ${run}`, 'continue where it stopped'];
    const commands = [resume, [`${gan} runs`, 'list all runs'], [`${gan} train --help`, 'see what can be changed']];
    const width = Math.max(...commands.map(([command = '']) => command.length));
    this.#line('Next:');
    for (const [command = '', meaning] of commands) this.#line(`  ${command.padEnd(width)}  ${meaning}`);
  }

  #metrics(row: MetricsRow): void {
    const record = this.#record;
    if (record === null) return;
    this.#recent = [...this.#recent.slice(1 - PACE_WINDOW), row];
    this.#seconds = row.seconds;
    const seconds = secondsLeft(this.#recent, row.step, record.steps);
    const last = row.step >= record.steps;
    const done = `${row.step}/${record.steps}  ${rateText(row.imagesPerSecond, record.dataset?.unit ?? 'examples')}`;
    const losses = record.curves.map(({ metric, label }) => [label, lossText(row[metric] ?? Number.NaN)] as const);
    const left = seconds === null || last ? '' : `  ${durationText(seconds)} left`;
    if (this.#screen.isTerminal) {
      const short = losses.map(([label, loss]) => `${label.slice(0, 1)} ${loss}`).join(' ');
      const facts = ` ${done}  loss ${short}${left}`;
      this.#passing(bar(row.step / record.steps, this.#screen.columns - 1 - facts.length) + facts, last);
    } else {
      const spelled = losses.map(([label, loss]) => `${label.toLowerCase()} ${loss}`).join(', ');
      this.#passing(`step ${done}  loss: ${spelled}${left}`, last || row.step === this.#trainedFrom + 1);
    }
  }

  /** A line that the next one replaces in a terminal, and that is left out elsewhere when they come too fast. */
  #passing(text: string, always: boolean): void {
    const now = this.#screen.now();
    const interval = this.#screen.isTerminal ? BAR_INTERVAL : LINE_INTERVAL;
    if (!always && now - this.#lastShown < interval) return;
    this.#lastShown = now;
    if (this.#screen.isTerminal) this.#screen.write(`${CLEAR_LINE}${text.slice(0, this.#screen.columns - 1)}`);
    else this.#screen.write(`${text}\n`);
    if (this.#screen.isTerminal && always) this.#screen.write('\n');
  }

  #line(text: string): void {
    this.#clear();
    this.#screen.write(`${text}\n`);
  }

  #clear(): void {
    if (this.#screen.isTerminal) this.#screen.write(CLEAR_LINE);
  }
}

/** The error as the last line, on stderr; errors of a config one a line, as `gan validate` prints them. */
export function printError(thrown: unknown): void {
  const { code, message } = recordedError(thrown);
  process.stderr.write(isCode(code, 'config/invalid') ? `${message}\n` : `gan: ${message}\n`);
  const debug = process.env.GAN_DEBUG;
  if (isCode(code, 'internal') && debug && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
}

/** How this program was called, so that a printed command can be run as it is. */
function programName(): string {
  const script = process.argv[1] ?? 'gan';
  return basename(script) === 'gan' ? 'gan' : `node ${quoted(shown(script))}`;
}

const quoted = (path: string): string => (/^[\w./\\:~-]+$/.test(path) ? path : `"${path}"`);

/** A path as short as it can be said from here. */
export function shown(path: string): string {
  const short = relative(cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
