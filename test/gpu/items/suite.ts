/** Runs a suite of tests inside this process and tells what became of each. */
import Mocha, { type Runner, type Test } from 'mocha';
import { tell } from './item.ts';

export interface SuiteNumbers {
  /** Tests that were to run. */
  readonly of: number;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly error: string | null;
}

/**
 * @param load imports the files of tests
 * @param only runs tests whose titles match
 * @throws Error that counts the tests that did not pass
 */
export async function runSuite(load: () => Promise<unknown>, only: RegExp = /./): Promise<void> {
  const tests: TestResult[] = [];
  let of = 0;
  const count = (state: TestResult['state']) => tests.filter((test) => test.state === state).length;
  const add = (state: TestResult['state'], test: Test, error: string | null = null) => {
    tests.push({ title: test.title, state, seconds: (test.duration ?? 0) / 1000, error });
    console.log(`${state}: ${test.fullTitle()}${error === null ? '' : `: ${error}`}`);
    void tell({ of, passed: count('passed'), failed: count('failed'), tests } satisfies SuiteNumbers);
  };
  class Reporter {
    constructor(runner: Runner) {
      runner.on('start', () => {
        of = runner.total;
      });
      runner.on('pass', (test) => add('passed', test));
      runner.on('pending', (test) => add('skipped', test));
      runner.on('fail', (test, error: Error) => add('failed', test, error.message));
    }
  }
  const mocha = new Mocha({
    timeout: 0,
    ui: 'bdd',
    grep: only,
    reporter: Reporter as unknown as Mocha.ReporterConstructor,
  });
  // Makes `describe` and `it` global, as loading a file by its name would.
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  await load();
  await new Promise<void>((resolve) => void mocha.run(() => resolve()));
  if (count('passed') === of && of > 0) return;
  throw new Error(`${of - count('passed')} of ${of} tests did not pass.`);
}
