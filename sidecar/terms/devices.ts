/** What is known of every device without looking at the machine: words alone, which the editor shows too. */

interface DeviceFacts {
  /** What it is and what it needs, in Markdown. */
  readonly text: string;
  /** The operating systems that can have it, as Node.js calls them; null: all. */
  readonly systems: readonly string[] | null;
  /** What people are shown where the machine does not tell the device's own name. */
  readonly name: string;
  /** How the device's own name is told apart from the same GPU's on another way, for example "WebGPU". */
  readonly by: string;
  readonly goodFor: string;
  /** What would make it run, where nothing more exact is known. */
  readonly remedy: string | { readonly linux: string; readonly others: string };
}

const VULKAN_REMEDY =
  'It needs a GPU with a Vulkan driver, and the Vulkan loader (Debian, Ubuntu: sudo apt-get install libvulkan1).';

/** In the order in which people see them. */
const devices = {
  cpu: {
    text: 'The CPU: all cores, or as many as `gan.sidecar.threads` (`--threads`) says. Always available.',
    systems: null,
    name: 'CPU',
    by: 'CPU',
    goodFor: 'Small models and images up to 32×32; always available.',
    remedy: 'It always runs.',
  },
  webgpu: {
    text: 'A GPU of any vendor, through Vulkan, Direct3D 12 or Metal: nothing to install.',
    systems: null,
    name: 'GPU (WebGPU)',
    by: 'WebGPU',
    goodFor: 'GPUs of any vendor, nothing to install.',
    remedy: { linux: VULKAN_REMEDY, others: 'It needs a GPU with a current driver for Direct3D 12 or Metal.' },
  },
  cuda: {
    text:
      'An NVIDIA GPU by CUDA 12 and cuDNN 9, on Linux and Windows. **GAN: Install CUDA Support** ' +
      '(`gan devices --install cuda`) fetches what else ONNX Runtime needs.',
    systems: ['linux', 'win32'],
    name: 'NVIDIA GPU (CUDA)',
    by: 'CUDA',
    goodFor: 'NVIDIA GPUs, large models and images.',
    remedy: 'It needs an NVIDIA GPU and driver, CUDA 12 and cuDNN 9.',
  },
  dml: {
    text: 'A GPU of any vendor through DirectML, on Windows.',
    systems: ['win32'],
    name: 'GPU (DirectML)',
    by: 'DirectML',
    goodFor: 'GPUs of any vendor on Windows, where WebGPU is slow or missing.',
    remedy: 'It needs a GPU with a driver for Direct3D 12.',
  },
  coreml: {
    text: 'Apple’s GPU and Neural Engine by Core ML, on macOS.',
    systems: ['darwin'],
    name: 'Apple GPU and Neural Engine (Core ML)',
    by: 'Core ML',
    goodFor: 'Apple computers, for the parts of a model that Core ML supports.',
    remedy: 'It needs macOS 13 or newer.',
  },
  tensorflow: {
    text:
      'TensorFlow’s own runtime, `@tensorflow/tfjs-node-gpu` or `tfjs-node`: installed with `npm install --global`, or in ' +
      'the folder that `GAN_TENSORFLOW` names. Needs a Node.js outside VS Code (`gan.sidecar.nodePath`).',
    systems: null,
    name: 'TensorFlow',
    by: 'TensorFlow',
    goodFor: 'Comparing with TensorFlow, operation by operation.',
    remedy: 'It needs @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu.',
  },
} as const satisfies Readonly<Record<string, DeviceFacts>>;

export type DeviceId = keyof typeof devices;

export const catalog: Readonly<Record<DeviceId, DeviceFacts>> = devices;

export const deviceIds = Object.keys(devices) as readonly DeviceId[];

/** The devices that there can be on an operating system, in the order in which people see them. */
export const devicesOf = (system: string): readonly DeviceId[] =>
  deviceIds.filter((id) => catalog[id].systems?.includes(system) ?? true);

/** What would make a device run on an operating system, where nothing more exact is known. */
export function remedyFor(id: DeviceId, system: string): string {
  const { remedy } = catalog[id];
  if (typeof remedy === 'string') return remedy;
  return system === 'linux' ? remedy.linux : remedy.others;
}

/** What an engine runs on, as shown to people and written to run.json. */
export interface DeviceInfo {
  readonly id: DeviceId;
  /** For example "CPU, 8 threads". */
  readonly name: string;
  /** For example "onnxruntime-node 1.30.0". */
  readonly engine: string;
}

/** One line of `gan devices`: a device that runs, or why it does not and what would make it run. */
export interface DeviceStatus {
  readonly id: DeviceId;
  /** For example "NVIDIA H200 (WebGPU)" or "CPU, 8 threads". */
  readonly name: string;
  readonly available: boolean;
  /** A software adapter: it runs when asked for, and "auto" never chooses it. */
  readonly software: boolean;
  /** Bytes that programs on it can use in all; null where nothing tells. */
  readonly memory: number | null;
  /** One short sentence. */
  readonly goodFor: string;
  /** 10^9 floating-point operations a second in matrix products; null when not measured. */
  readonly gflops: number | null;
  /** Why it cannot run; set when `available` is false. */
  readonly reason?: string;
  /** What would make it run; set when `available` is false. */
  readonly remedy?: string;
  /** What is missing can be fetched by `gan devices --install <id>`. */
  readonly installable: boolean;
}
