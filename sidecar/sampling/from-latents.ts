/** Draws from generators that make examples of noise. */
import type { HostTensor } from '../engine/engine.ts';
import type { ModelSpec } from '../models/architecture.ts';
import { normals } from './counter-random.ts';
import type { Drawer, DrawRequest } from './drawer.ts';
import { oneHot } from './one-hot.ts';
import { gathered, HostRows } from './rows.ts';
import type { GrowingGenerators } from './stages.ts';

const BLOCK = 256;

export function drawerFromLatents({ latentSize, generators, classes }: ModelSpec, growing: GrowingGenerators): Drawer {
  return {
    block: BLOCK,
    ownLabels: false,
    async draw({ count, labels, seed, stream, generatorOf, seen }: DrawRequest) {
      const { programs, fade } = growing.at(seen);
      const latents: HostTensor = {
        dtype: 'float32',
        shape: [count, latentSize],
        data: normals(seed, stream, count * latentSize),
      };
      const rows = new HostRows(count);
      for (let which = 0; which < generators; which++) {
        const places = Array.from({ length: count }, (_, at) => at).filter((at) => generatorOf(at) === which);
        if (places.length === 0) continue;
        const { examples } = await programs.make(which, {
          latent: gathered(latents, places),
          ...(labels !== null && {
            labels: oneHot(
              places.map((at) => labels[at] ?? 0),
              classes,
            ),
          }),
          ...fade,
        });
        rows.put(examples, (i) => places[i] ?? 0);
      }
      return { examples: rows.tensor, labels, sources: null, wanted: null };
    },
    dispose: () => growing.dispose(),
  };
}
