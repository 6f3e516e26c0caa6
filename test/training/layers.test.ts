/** Every layer against its definition in float64: shapes, values, first and second derivatives. */
import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs-core';
import type { Engine, HostTensor } from '../../sidecar/engine/engine.ts';
import { elements, ShapeLayers, type WeightSpec } from '../../sidecar/models/shape-layers.ts';
import { TensorLayers } from '../../sidecar/sampling/layers/tensor-layers.ts';
import { Variables } from '../../sidecar/sampling/variables.ts';
import { checkDerivatives } from '../engine/finite-differences.ts';
import type { Point } from '../engine/float64.ts';
import { assertClose, named, numbers } from '../engine/support.ts';
import { eachEngine } from './engines.ts';
import { type LayerCase, layerCases } from './layer-cases.ts';
import { ReferenceLayers } from './reference-layers.ts';
import { noRandom } from './still-random.ts';

/** Weights that are given as tensors, so that derivatives by them can be taken like any other. */
class GivenWeights extends Variables {
  readonly #tensors: ReadonlyMap<string, tf.Tensor>;
  readonly #state: Variables;

  constructor(trained: readonly WeightSpec[], tensors: readonly tf.Tensor[], state: Variables) {
    super();
    this.#tensors = new Map(trained.map(({ name }, at) => [`net/${name}`, tensors[at] as tf.Tensor]));
    this.#state = state;
  }

  override get(name: string): tf.Variable {
    return (this.#tensors.get(name) as tf.Variable | undefined) ?? this.#state.get(name);
  }
}

function describeCase({ run, inputs }: LayerCase) {
  const shapes = new ShapeLayers();
  const output = run(
    shapes,
    inputs.map(({ shape }) => ({ dims: shape.slice(1) })),
  );
  const trained = shapes.weights.filter(({ trainable }) => trainable);
  const values = trained.map(({ shape }, at): HostTensor => numbers(shape, -0.7, 0.7, 20 + at));
  const state = shapes.weights.filter(({ trainable }) => !trainable);
  return { output: output.dims, trained, state, values };
}

eachEngine((engineName, create) => {
  describe(`layers on ${engineName}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await create();
    });
    after(() => engine.dispose());
    let variables: Variables;
    beforeEach(() => {
      variables = new Variables();
    });
    afterEach(() => variables.dispose());

    for (const [name, each] of Object.entries(layerCases)) {
      const { output, trained, state, values } = describeCase(each);
      const count = each.inputs.length;
      const onTensors = (...at: tf.Tensor[]): tf.Tensor => {
        const weights = new GivenWeights(trained, at.slice(count), variables);
        const mode = { training: true, random: noRandom, keepStatistics: false } as const;
        return each.run(new TensorLayers(weights, 'net', mode), at.slice(0, count));
      };
      const reference = (at: readonly Point[]): Point => {
        const weights = Object.fromEntries(trained.map((spec, index) => [spec.name, at[count + index] as Point]));
        return each.run(new ReferenceLayers(weights), at.slice(0, count));
      };
      const inputs = [...each.inputs, ...values];

      it(`${name}: shape, count, value`, async () => {
        variables.addWeights('net', state, 0);
        const parameters = trained.reduce((sum, { shape }) => sum + elements(shape), 0);
        assert.equal(parameters, each.parameters);
        const expected = reference(inputs.map(({ data, shape }) => ({ shape, data: Float64Array.from(data) })));
        assert.deepEqual(output, expected.shape.slice(1));
        const compiled = engine.compile('layer', (given) => ({
          y: onTensors(...inputs.map((_, at) => given[`x${at}`] as tf.Tensor)),
        }));
        const { y } = await compiled.run(named(inputs), { seed: 0, step: 0 });
        compiled.dispose();
        const rounded = { dtype: 'float32', shape: expected.shape, data: Float32Array.from(expected.data) } as const;
        assertClose(y as HostTensor, rounded, name);
      });

      it(`${name}: both derivatives, by inputs and weights`, async () => {
        variables.addWeights('net', state, 0);
        await checkDerivatives(engine, onTensors, reference, inputs, 2e-5);
      });
    }
  });
});
