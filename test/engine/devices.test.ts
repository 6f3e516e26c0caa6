import assert from 'node:assert/strict';
import { createEngine, DeviceUnavailableError, listDevices } from '../../sidecar/engine/index.ts';

describe('devices', function () {
  this.timeout(30_000);

  it('always has a CPU, which is what "auto" means', async () => {
    const engine = await createEngine('auto', { threads: 1 });
    assert.equal(engine.device.id, 'cpu');
    assert.equal(engine.device.name, 'CPU, 1 thread');
    assert.match(engine.device.engine, /^onnxruntime-node \d+\.\d+/);
    await engine.dispose();
  });

  it('either runs or says in one line why it does not and what would help', async () => {
    const devices = await listDevices();
    assert.deepEqual(
      devices.map(({ id }) => id),
      ['cpu', 'webgpu', 'cuda', 'tensorflow'],
    );
    for (const { id, available, reason, remedy } of devices) {
      if (available) continue;
      assert.match(reason!, /^[^\n]{5,}\.$/);
      assert.match(remedy!, /^[^\n]{5,}\.$/);
      await assert.rejects(
        createEngine(id),
        (error) => error instanceof DeviceUnavailableError && error.device === id && error.reason === reason,
      );
    }
  });
});
