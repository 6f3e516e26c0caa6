import assert from 'node:assert/strict';
import type { ResolvedConfig } from '../../sidecar/config/resolved-config.ts';
import type { CheckpointState } from '../../sidecar/runs/recorder.ts';
import { train } from '../../sidecar/training/train.ts';
import { eachEngine } from './engines.ts';
import { MemoryRecorder, noiseDataset, numbersOf, tinyConfig, undisturbed } from './fixtures.ts';

eachEngine((engineName, createEngine) => {
  async function run(config: ResolvedConfig, checkpoint?: CheckpointState): Promise<MemoryRecorder> {
    const recorder = new MemoryRecorder();
    const engine = await createEngine();
    const options = { config, dataset: noiseDataset(), engine, recorder, control: undisturbed };
    try {
      assert.equal(await train(checkpoint ? { ...options, checkpoint } : options), 'finished');
    } finally {
      await engine.dispose();
    }
    return recorder;
  }

  describe(`resume, ${engineName}`, () => {
    const config = (steps: number, checkpointEvery = 1000) =>
      tinyConfig({ model: { conditional: true }, training: { steps }, monitor: { checkpointEvery } });
    let whole: MemoryRecorder;
    before(async () => {
      whole = await run(config(6));
    });

    it('gives the same numbers for the same seed, and others for another', async () => {
      const again = await run(config(2));
      assert.deepEqual(again.rows.map(numbersOf), whole.rows.slice(0, 2).map(numbersOf));
      const other = await run(tinyConfig({ model: { conditional: true }, training: { steps: 2, seed: 8 } }));
      assert.notDeepEqual(other.rows.map(numbersOf), again.rows.map(numbersOf));
    });

    it('makes 3 steps, a checkpoint and 3 more in a new engine equal to 6 steps, bit for bit', async () => {
      const half = await run(config(3));
      const rest = await run(config(6), half.last);
      assert.equal(half.last.step, 3);
      assert.deepEqual(rest.last.tensors, whole.last.tensors);
      assert.deepEqual([...half.rows, ...rest.rows].map(numbersOf), whole.rows.map(numbersOf));
      assert.deepEqual(rest.samples.get(6), whole.samples.get(6));
      assert.ok((rest.rows[0]?.seconds ?? 0) > half.last.seconds, 'time goes on');
    });

    it('goes on from any checkpoint, not only the last', async () => {
      const checkpointed = await run(config(6, 2));
      assert.deepEqual(
        checkpointed.checkpoints.map(({ step, images, seed }) => ({ step, images, seed })),
        [2, 4, 6].map((step) => ({ step, images: 4 * step, seed: 7 })),
      );
      const rest = await run(config(6), checkpointed.checkpoints[0]);
      assert.deepEqual(rest.last.tensors, whole.last.tensors);
    });

    it('has nothing left to do at the last step', async () => {
      const rest = await run(config(6), whole.last);
      assert.deepEqual([rest.rows.length, rest.samples.size, rest.checkpoints.length], [0, 0, 0]);
    });

    for (const [what, change, message] of [
      ['another architecture', { model: { architecture: 'chapter-deep' } }, /has no tensor generator\/dense_1\/norm/],
      [
        'another latent size',
        { model: { latentSize: 5 } },
        /generator\/dense_1\/kernel is float32 \[3,256\] there, float32 \[5,256\] here/,
      ],
      ['another seed', { training: { seed: 8 } }, /training.seed was 7 and is now 8/],
      ['another batch size', { training: { batchSize: 8 } }, /training.batchSize was 4 and is now 8/],
    ] as const) {
      it(`refuses a checkpoint with ${what}`, async () => {
        const half = await run(tinyConfig({ training: { steps: 1 } }));
        await assert.rejects(run(tinyConfig(change), half.last), { code: 'checkpoint/mismatch', message });
      });
    }
  });
});
