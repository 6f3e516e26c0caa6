import assert from 'node:assert/strict';
import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { Dataset } from '../../sidecar/data/dataset.ts';
import { notFiniteTensor } from '../../sidecar/training/checkpoint-state.ts';
import { train } from '../../sidecar/training/train.ts';
import { eachEngine } from './engines.ts';
import { MemoryRecorder, memoryDataset, noiseDataset, tinyConfig, undisturbed } from './fixtures.ts';

const adam = (learningRate: number) => ({ learningRate, beta2: 0.999 });

eachEngine((engineName, createEngine) => {
  async function run(config: ResolvedConfig, dataset: Dataset): Promise<MemoryRecorder> {
    const engine = await createEngine();
    const recorder = new MemoryRecorder();
    try {
      await assert.rejects(train({ config, dataset, engine, recorder, control: undisturbed }), (error: Error) => {
        recorder.failure = error;
        return true;
      });
    } finally {
      await engine.dispose();
    }
    return recorder;
  }

  describe(`NaN and infinity, ${engineName}`, () => {
    for (const [network, tensor] of [
      ['discriminator', 'logits of examples generated for the generator'],
      ['generator', 'examples generated for the discriminator'],
    ] as const) {
      it(`stops when the ${network} overflows and names the tensor that went first`, async () => {
        const optimizer = { generator: adam(1e-3), discriminator: adam(1e-3), [network]: adam(1e35) };
        const config = tinyConfig({ optimizer, training: { steps: 50 }, monitor: { checkpointEvery: 1 } });
        const { failure, checkpoints } = await run(config, noiseDataset());
        assert.equal((failure as { code?: string }).code, 'training/not-finite');
        assert.match(failure?.message ?? '', new RegExp(`the first NaN or infinity was in ${tensor}\\.`));
        for (const state of checkpoints) assert.equal(notFiniteTensor(state), null);
      });
    }

    it('blames the data when they hold NaN', async () => {
      const images = new Float32Array(64 * 4).fill(Number.NaN);
      const { failure } = await run(tinyConfig(), memoryDataset(images, 8, 1));
      assert.match(failure?.message ?? '', /stopped in step 1: .* in real examples\. There is no checkpoint yet\./);
    });
  });
});
