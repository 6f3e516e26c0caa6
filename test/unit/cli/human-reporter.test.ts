import assert from 'node:assert/strict';
import { HumanReporter } from '../../../sidecar/cli/human-reporter.ts';
import { lossText, table } from '../../../sidecar/cli/output.ts';
import type { Screen } from '../../../sidecar/cli/screen.ts';
import type { RunRecord } from '../../../sidecar/terms/run-record.ts';
import { record, row } from '../runs/fixtures.ts';

const started: RunRecord = {
  ...record,
  steps: 10,
  device: { id: 'cpu', name: 'CPU, 2 threads', engine: 'onnxruntime-node 1.30.0' },
  dataset: { name: 'digits', size: null, unit: 'images', shape: [28, 28, 1], classes: 10 },
};

/** A screen whose clock goes on by `interval` with every look at it. */
function screen(isTerminal: boolean, interval: number) {
  const written: string[] = [];
  let time = 0;
  const fake: Screen = {
    write: (text) => void written.push(text),
    isTerminal,
    columns: 60,
    now: () => {
      time += interval;
      return time;
    },
  };
  return { screen: fake, text: () => written.join(''), written };
}

function run(reporter: HumanReporter, steps: number, last = steps) {
  reporter.onOpened('/runs/tiny/1');
  reporter.onStarted('/runs/tiny/1', { ...started, steps });
  for (let step = 1; step <= last; step++) reporter.onNews({ method: 'metrics', params: row(step) });
  reporter.onNews({ method: 'sample', params: { step: last, file: 'samples/00000010.png' } });
}

describe('What gan train prints', () => {
  it('is plain lines without a terminal, at most one a second, the first and the last in any case', () => {
    const { screen: fake, text } = screen(false, 300);
    const reporter = new HumanReporter(fake);
    run(reporter, 10);
    reporter.ended({ directory: '/runs/tiny/1', record: { ...started, state: 'finished', step: 10 }, error: null });
    const lines = text().split('\n');
    assert.deepEqual(lines.slice(0, 7), [
      'Run folder: /runs/tiny/1',
      'Training tiny: 10 steps on digits, CPU, 2 threads (onnxruntime-node 1.30.0)',
      'step 1/10  40 images/s  loss: generator 1.000, discriminator 1.000',
      'step 5/10  40 images/s  loss: generator 0.2000, discriminator 2.236  1 s left',
      'step 9/10  40 images/s  loss: generator 0.1111, discriminator 3.000  < 1 s left',
      'step 10/10  40 images/s  loss: generator 0.1000, discriminator 3.162',
      'Finished 10 of 10 steps in 1 s.',
    ]);
    assert.equal(lines[7], 'Last sample grid: /runs/tiny/1/samples/00000010.png');
    assert.match(text(), /Next:\n {2}.* resume \/runs\/tiny\/1 --set training\.steps=20 {2,}train longer\n/);
    assert.ok(!text().includes('\r') && !text().includes('\x1b'));
  });

  it('is one bar in a terminal, no wider than the screen', () => {
    const { screen: fake, text, written } = screen(true, 1000);
    run(new HumanReporter(fake), 10, 5);
    const pictures = text().split('\r\x1b[K').slice(1);
    assert.equal(pictures.at(-1), '████░░░░ 5/10  40 images/s  loss G 0.2000 D 2.236  1 s left');
    for (const picture of pictures.filter((part) => part.includes('░'))) assert.equal(picture.length, 59, picture);
    assert.ok(!written.slice(4).join('').includes('\n'));
  });

  it('says how to go on with a run that was stopped', () => {
    const { screen: fake, text } = screen(false, 2000);
    const reporter = new HumanReporter(fake);
    run(reporter, 10, 4);
    reporter.stopping();
    reporter.ended({ directory: '/runs/my tiny/1', record: { ...started, state: 'stopped', step: 4 }, error: null });
    assert.match(text(), /Stopping after this step, with a checkpoint\. Press Ctrl-C again to quit at once\.\n/);
    assert.match(text(), /Stopped at 4 of 10 steps in < 1 s\.\n/);
    assert.match(text(), / resume "\/runs\/my tiny\/1" {2,}continue where it stopped\n/);
  });

  it('offers no going on with a run that failed before its first step', () => {
    const { screen: fake, text } = screen(false, 2000);
    const reporter = new HumanReporter(fake);
    const error = new Error('the data cannot be read');
    reporter.ended({ directory: '/runs/tiny/1', record: { ...started, state: 'failed', step: 0 }, error });
    assert.match(text(), /^Log: /);
    assert.doesNotMatch(text(), /Next:/);
  });

  it('tells warnings and the progress of downloads', () => {
    const { screen: fake, text } = screen(false, 2000);
    const reporter = new HumanReporter(fake);
    reporter.onProgress(50, 200, 'Downloading mnist');
    reporter.onProgress(3, null, 'Indexing images');
    reporter.onNews({ method: 'log', params: { level: 'warn', message: 'one image was skipped' } });
    reporter.onNews({ method: 'log', params: { level: 'info', message: 'not for the screen' } });
    assert.equal(text(), 'Downloading mnist: 25%\nIndexing images: 3\nWarning: one image was skipped\n');
  });
});

describe('Numbers for people', () => {
  it('say losses in four digits', () => {
    assert.deepEqual([0, 0.71239, 12.3456, 1e-6, 123456, Number.NaN].map(lossText), [
      '0.000',
      '0.7124',
      '12.35',
      '1.00e-6',
      '1.23e+5',
      'NaN',
    ]);
  });

  it('stand in columns', () => {
    assert.equal(
      table([
        ['a', 'long', 'x'],
        ['bbb', '', 'y'],
      ]),
      'a    long  x\nbbb        y',
    );
  });
});
