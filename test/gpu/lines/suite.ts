import type { SuiteNumbers } from '../items/suite.ts';

/** How many tests passed, and what did not. */
export const suiteLines = ({ of, passed, tests }: SuiteNumbers): string[] => [
  `${passed} of ${of} passed`,
  ...tests.filter(({ state }) => state !== 'passed').map(({ title, state, error }) => `${state}: ${title}: ${error}`),
];
