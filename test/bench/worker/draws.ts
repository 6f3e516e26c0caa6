/** Notes what a step draws, so that other engines can be given the same numbers. */
import type { Engine, HostTensor, StepRandom } from '../../../sidecar/engine/engine.ts';
import { fillDropout, fillNormal, fillUniform, keptScale } from '../../../sidecar/engine/random/random.ts';

interface Drawn {
  readonly shape: readonly number[];
  fill(into: Float32Array, draw: { readonly seed: number; readonly step: number; readonly use: number }): void;
}

export interface NotedDraws {
  /** As `engine`, noting the draws of the step that is traced last. */
  readonly engine: Engine;
  /** The numbers of one step, in the order of their use. */
  numbers(seed: number, step: number): HostTensor[];
}

export function noteDraws(engine: Engine): NotedDraws {
  let drawn: Drawn[] = [];
  const noting = (random: StepRandom): StepRandom => ({
    normal(shape) {
      drawn.push({ shape, fill: fillNormal });
      return random.normal(shape);
    },
    uniform(shape) {
      drawn.push({ shape, fill: fillUniform });
      return random.uniform(shape);
    },
    dropout(shape, rate) {
      drawn.push({
        shape,
        fill(into, draw) {
          const kept = new Uint8Array(into.length);
          fillDropout(kept, rate, draw);
          const scale = keptScale(rate);
          for (const [at, bit] of kept.entries()) into[at] = bit * scale;
        },
      });
      return random.dropout(shape, rate);
    },
  });
  return {
    engine: {
      ...engine,
      compile: (name, step) =>
        engine.compile(name, (inputs, random) => {
          drawn = [];
          return step(inputs, noting(random));
        }),
    },
    numbers: (seed, step) =>
      drawn.map(({ shape, fill }, use) => {
        const data = new Float32Array(shape.reduce((size, length) => size * length, 1));
        fill(data, { seed, step, use });
        return { dtype: 'float32', shape, data };
      }),
  };
}
