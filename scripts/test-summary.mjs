import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {Counts & { name: string, seconds: number }} SuiteResult
 */

/**
 * Counts of a mocha report, summed where the output holds several.
 *
 * @param {string} output
 * @returns {Counts}
 */
export const mochaCounts = (output) => {
  const counts = { passing: 0, failing: 0, pending: 0 };
  for (const [, count, kind] of stripVTControlCharacters(output).matchAll(/^ +(\d+) (passing|failing|pending)\b/gm)) {
    counts[kind] += Number(count);
  }
  return { passed: counts.passing, failed: counts.failing, skipped: counts.pending };
};

/**
 * A table of the suites and, alone on the last line, the sums.
 *
 * @param {readonly SuiteResult[]} results
 * @returns {string}
 */
export const summary = (results) => {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const row = (name, passed, failed, skipped, time) =>
    `${name.padEnd(10)}${passed.padStart(8)}${failed.padStart(8)}${skipped.padStart(9)}${time.padStart(10)}`;
  const rows = results.map(({ name, passed, failed, skipped, seconds }) =>
    row(name, String(passed), String(failed), String(skipped), `${seconds.toFixed(1)} s`),
  );
  const skipped = sum('skipped');
  return [
    row('', 'passed', 'failed', 'skipped', 'time'),
    ...rows,
    row('total', String(sum('passed')), String(sum('failed')), String(skipped), `${sum('seconds').toFixed(1)} s`),
    '',
    `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ].join('\n');
};
