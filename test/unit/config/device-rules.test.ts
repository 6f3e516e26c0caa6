import assert from 'node:assert/strict';
import { foreignDevice } from '../../../sidecar/config/device-rules.ts';
import type { DeviceChoice } from '../../../sidecar/config/resolved-config.ts';

describe('devices of other platforms', () => {
  const warned = (platform: NodeJS.Platform) =>
    (['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml', 'tensorflow'] satisfies DeviceChoice[]).filter(
      (device) => foreignDevice({ device }, platform).length > 0,
    );

  it('are those that the platform can never have, and no other', () => {
    assert.deepEqual(warned('linux'), ['dml', 'coreml']);
    assert.deepEqual(warned('win32'), ['coreml']);
    assert.deepEqual(warned('darwin'), ['cuda', 'dml']);
    assert.deepEqual(warned('freebsd'), ['cuda', 'dml', 'coreml']);
  });

  it('are named with where they are, and with where this is', () => {
    const [problem] = foreignDevice({ device: 'cuda' }, 'darwin');
    assert.equal(
      problem?.message,
      'CUDA is available on Linux and Windows only, and this is macOS; choose "auto", or "webgpu" for a GPU of any vendor',
    );
  });
});
