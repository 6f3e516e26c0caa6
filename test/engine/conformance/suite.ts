/**
 * Runs TensorFlow.js's conformance suite on the recording backend, in a process of its own: Jasmine
 * lives in the global scope. Tells its parent what becomes of each spec; arguments are parts of names.
 */
import { argv } from 'node:process';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import * as jasmineCore from 'jasmine-core';
import { BACKEND, recordingBackend } from '../../../sidecar/engine/tracing/backend.ts';

/** What became of one spec. "pending": the suite itself leaves it out. */
export interface Outcome {
  readonly spec: string;
  readonly status: 'passed' | 'failed' | 'pending';
  readonly failures: readonly string[];
  readonly milliseconds: number;
}

const tell = (outcome: Outcome) => process.send!(outcome);

const textsOf = (failed: jasmineCore.SpecResult['failedExpectations']): string[] =>
  failed.map(({ message, stack }) => `${message}\n${stack ?? ''}`);

const jasmine = jasmineCore.boot();
const environment = jasmine.getEnv();
const wanted = argv.slice(2);
environment.configure({
  random: false,
  forbidDuplicateNames: false,
  specFilter: (spec) => wanted.length === 0 || wanted.some((part) => spec.getFullName().includes(part)),
});
recordingBackend().threads = 1;
setTestEnvs([{ name: 'test', backendName: BACKEND, isDataSync: true }]);
await import('@tensorflow/tfjs-core/dist/tests.js');

environment.addReporter({
  specDone: ({ fullName, status, failedExpectations, duration }) => {
    if (status === 'excluded') return;
    tell({ spec: fullName, status, failures: textsOf(failedExpectations), milliseconds: duration ?? 0 });
  },
  // A failure outside the specs, in what comes before and after them.
  suiteDone: ({ fullName, failedExpectations }) => {
    if (failedExpectations.length === 0) return;
    tell({ spec: fullName, status: 'failed', failures: textsOf(failedExpectations), milliseconds: 0 });
  },
});

await environment.execute();
process.disconnect();
