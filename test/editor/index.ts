/** Runs the suites of this folder with mocha inside VS Code's extension host. */
import { appendFileSync } from 'node:fs';
import type Mocha from 'mocha';

/** The host's console belongs to the workbench and cannot be replaced: the report goes to a file where one is named. */
const reportFile = process.env.GAN_TEST_REPORT;
const print = (line: string) => (reportFile ? appendFileSync(reportFile, `${line}\n`) : console.log(line));

function report(runner: Mocha.Runner): void {
  runner.on('suite', (suite) => suite.root || print(`\n  ${suite.fullTitle()}`));
  runner.on('pass', ({ title, duration }) => print(`    ✔ ${title} (${duration ?? 0} ms)`));
  runner.on('pending', ({ title }) => print(`    - ${title}`));
  runner.on('fail', ({ title }, error) => print(`    ✖ ${title}\n${error.stack ?? error.message}`));
}

/** Resolves when all pass. Environment: GAN_TEST_GREP chooses tests by their titles, GAN_TEST_REPORT names a file. */
export async function run(): Promise<void> {
  const { default: MochaRunner } = await import('mocha');
  const grep = process.env.GAN_TEST_GREP;
  const mocha = new MochaRunner({ ui: 'bdd', timeout: 600_000, ...(grep ? { grep } : {}) });
  // Puts describe, it and the hooks where the suites look for them.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./activation.suite.ts');
  await import('./editing.suite.ts');
  await import('./new-config.suite.ts');
  await import('./progress.suite.ts');
  await import('./code-lens.suite.ts');
  await import('./select-device.suite.ts');
  await import('./sidecar-cli.suite.ts');
  await import('./wrong-states.suite.ts');
  await import('./failures.suite.ts');
  await import('./trust.suite.ts');
  await import('./training.suite.ts');

  const { failures, passes, pending } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
    report(runner);
  });
  print(`\n  ${passes} passing in real VS Code${pending ? `, ${pending} pending` : ''}`);
  if (failures > 0) throw new Error(`${failures} of ${passes + failures} tests failed in real VS Code`);
}
