/** What the kit does, most telling first. */

export interface Item {
  /** Names its result file. */
  readonly id: string;
  readonly title: string;
  /** Program in dist/test/gpu with its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Seconds after which it is ended. */
  readonly limit: number;
  /** Whether it can do nothing without WebGPU. */
  readonly needsGpu: boolean;
}

/** Model and batch size, most telling first. */
const MODELS = [
  ['dcgan-64', 128],
  ['residual-r1-r2', 128],
  ['chapter-mlp-conv', 128],
  ['dcgan-64', 512],
] as const;

/** Training ends then at the latest, so that there is time to judge. */
const QUALITY_MINUTES = 3;

/** In place of those that a software adapter takes minutes for. */
const NARROW: Readonly<Record<string, string>> = { 'dcgan-64': 'dcgan-64-narrow' };

/** Traced steps after the first. */
const TRACED_STEPS = 5;

/** One whose networks are wide, one with a penalty, one that draws pixel by pixel: for a machine without a GPU. */
const TINY_PRESETS = ['mnist', 'wgan-gp', 'pixelcnn'];

/** @param tiny the same items, each as small as it can be, for a software adapter. */
export function makeItems(tiny: boolean): readonly Item[] {
  const models = MODELS.map(([model, batchSize]) =>
    // Two images are the least that batch normalisation takes.
    tiny ? { model: NARROW[model] ?? model, batchSize: batchSize / 64 } : { model, batchSize },
  );
  const size = tiny ? 'tiny' : 'full';
  const [benches, compiled] = (['eager', 'compile'] as const).map((way) =>
    models.map(
      ({ model, batchSize }): Item => ({
        id: `bench-${model}-${batchSize}${way === 'compile' ? '-compile' : ''}`,
        title: `${model}, ${batchSize} images a step, beside PyTorch ${way === 'compile' ? 'with torch.compile' : 'eager'}`,
        command: ['bench', model, `${batchSize}`, way, size],
        limit: tiny ? 1200 : way === 'compile' ? 110 : 75,
        needsGpu: false,
      }),
    ),
  ) as [Item[], Item[]];
  const profiles = models.map(
    ({ model, batchSize }): Item => ({
      id: `profile-${model}-${batchSize}`,
      title: `a step of ${model}, ${batchSize} images, by operation on WebGPU`,
      command: ['profile', model, `${batchSize}`, `${tiny ? 1 : TRACED_STEPS}`],
      limit: tiny ? 600 : 30,
      needsGpu: true,
    }),
  );
  return [
    { id: 'devices', title: 'what trains here', command: ['devices'], limit: tiny ? 300 : 60, needsGpu: false },
    {
      id: 'presets',
      title: 'the first two steps of every preset on WebGPU against the CPU',
      command: ['presets', ...(tiny ? TINY_PRESETS : [])],
      limit: tiny ? 600 : 120,
      needsGpu: true,
    },
    {
      id: 'engine',
      title: "the engine's suite on WebGPU",
      command: ['engine'],
      limit: tiny ? 600 : 40,
      needsGpu: true,
    },
    ...benches,
    ...profiles,
    ...compiled,
    {
      id: 'quality-conditional-mnist',
      title: 'conditional-mnist, trained whole on WebGPU, and how good its digits are',
      command: ['quality', 'conditional-mnist', `${QUALITY_MINUTES}`, size],
      limit: tiny ? 600 : 300,
      needsGpu: true,
    },
  ];
}
