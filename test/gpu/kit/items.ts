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

/** One whose networks are wide, one with a penalty, one that draws pixel by pixel: for a machine without a GPU. */
const TINY_PRESETS = ['mnist', 'wgan-gp', 'pixelcnn'];

/** @param tiny the same items, each as small as it can be, for a software adapter. */
export function makeItems(tiny: boolean): readonly Item[] {
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
  ];
}
