import assert from 'node:assert/strict';
import { sidecarEnvironment } from '../../../extension/processes/sidecar-environment.ts';

describe('the environment of a run’s process', () => {
  const window = {
    PATH: '/bin',
    VK_ICD_FILENAMES: '/icd.json',
    NODE_OPTIONS: '--inspect',
    VSCODE_IPC_HOOK: '/s',
    ELECTRON_NO_ATTACH_CONSOLE: '1',
  };

  it('keeps what is the person’s, and leaves out what is VS Code’s', () => {
    assert.deepEqual(sidecarEnvironment(window, false), { PATH: '/bin', VK_ICD_FILENAMES: '/icd.json' });
  });

  it('makes VS Code’s own runtime behave as Node.js', () => {
    assert.equal(sidecarEnvironment(window, true).ELECTRON_RUN_AS_NODE, '1');
  });
});
