import assert from 'node:assert/strict';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { readAll, smallGan } from './networks.ts';
import { assertClose, compiledEngine, oracleEngine } from './support.ts';

async function train(engine: Engine, steps: number, first = 0) {
  const gan = smallGan();
  const compiled = engine.compile('small GAN', gan.step);
  const losses: HostTensor[] = [];
  for (let step = first; step < first + steps; step += 1) {
    const { d, g } = await compiled.run(gan.inputs(step), { seed: 3, step });
    losses.push(d!, g!);
  }
  const weights = await readAll(gan.weights);
  compiled.dispose();
  gan.dispose();
  return { losses, weights };
}

describe('a whole GAN step', () => {
  it('gives the losses and weights of the oracle for ten steps', async () => {
    const actual = await train(await compiledEngine(), 10);
    const expected = await train(await oracleEngine(), 10);
    for (const [at, loss] of expected.losses.entries()) assertClose(actual.losses[at]!, loss, `loss ${at}`, 1e-5);
    // Adam divides by the size of the gradient, which magnifies the rounding of small ones.
    for (const [name, value] of Object.entries(expected.weights)) {
      assertClose(actual.weights[name]!, value, name, 2e-4);
    }
  });

  it('is bit-identical over 30 steps in two sessions of two threads', async () => {
    const first = await train(await compiledEngine(2), 30);
    const second = await train(await compiledEngine(2), 30);
    assert.deepEqual(second, first);
  });
});
