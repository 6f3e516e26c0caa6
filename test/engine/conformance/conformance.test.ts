/**
 * TensorFlow.js's own conformance suite against the recording backend. GAN_CONFORMANCE="part of a
 * name" runs those specs only.
 */
import assert from 'node:assert/strict';
import { env } from 'node:process';
import { runConformance } from './run.ts';
import { type Skip, skipped } from './skipped.ts';
import type { Outcome } from './suite.ts';

const only = env.GAN_CONFORMANCE;

/** The entry of the list that stands for this failure. */
const skipOf = ({ spec, failures }: Outcome): Skip | undefined =>
  skipped.find((skip) => skip.specs.test(spec) && skip.failure.test(failures.join('\n')));

/** Of the specs about numbers: those that need neither strings, complex nor ragged tensors. */
const SHARE = 0.95;

describe("TensorFlow.js's conformance suite", () => {
  let outcomes: Outcome[] = [];
  const failed: Outcome[] = [];
  const used = new Set<Skip>();

  before(async () => {
    outcomes = await runConformance(only === undefined ? [] : [only]);
    for (const outcome of outcomes) {
      if (outcome.status !== 'failed') continue;
      const skip = skipOf(outcome);
      if (skip === undefined) failed.push(outcome);
      else used.add(skip);
    }
    const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
    const skips = count('failed') - failed.length;
    const { passed, numeric } = aboutNumbers();
    console.log(
      `    ${count('passed')} specs passed, ${failed.length} failed, ${skips} skipped by our list, ${count('pending')} left out by the suite`,
    );
    if (only !== undefined) console.log('    what is about the whole suite is skipped: GAN_CONFORMANCE names a part');
    console.log(`    about numbers: ${passed} of ${numeric}, ${((100 * passed) / numeric).toFixed(1)}%`);
  });

  function aboutNumbers(): { passed: number; numeric: number } {
    const passed = outcomes.filter(({ status }) => status === 'passed').length;
    const missing = outcomes.filter((outcome) => outcome.status === 'failed' && skipOf(outcome)?.numeric !== undefined);
    return { passed, numeric: passed + missing.length + failed.length };
  }

  it('passes every spec that is not on the list', () => {
    const told = failed.map(
      ({ spec, failures }) => `${spec}\n    ${failures.join('\n').split('\n', 3).join('\n    ')}`,
    );
    assert.equal(told.length, 0, `${told.length} specs failed:\n  ${told.join('\n  ')}`);
  });

  it('passes 95% of the specs about numbers', function () {
    if (only !== undefined) this.skip();
    assert.ok(outcomes.length > 4000, `only ${outcomes.length} specs ran`);
    const { passed, numeric } = aboutNumbers();
    assert.ok(passed / numeric > SHARE, `${passed} of ${numeric} specs passed`);
  });

  it('has no entry on the list that is not needed', function () {
    if (only !== undefined) this.skip();
    const stale = skipped.filter((skip) => !used.has(skip)).map(({ specs }) => String(specs));
    assert.deepEqual(stale, []);
  });
});
