import { commonDefaults } from '../defaults.ts';
import { choice } from './key.ts';

export const DeviceSchema = choice(
  {
    auto: 'The fastest device of this machine, found by a short calibration on this config. Never a software adapter.',
    cpu: 'The CPU. Always available.',
    webgpu: 'A GPU of any vendor, through Vulkan, Direct3D 12 or Metal.',
    cuda: 'An NVIDIA GPU by CUDA, on Linux and Windows. `gan devices --install cuda` fetches what ONNX Runtime needs for it.',
    dml: 'A GPU of any vendor through DirectML, on Windows.',
    coreml: 'Apple’s GPU and Neural Engine by Core ML, on macOS.',
    tensorflow:
      'TensorFlow’s own runtime (tfjs-node-gpu or tfjs-node). Needs it installed, and a Node.js outside VS Code.',
  },
  {
    title: 'Device',
    description: 'What computes.',
    details:
      '**GAN: Select Device** and `gan devices` list what this machine has, how fast it is, and what would make the others run.',
    default: commonDefaults.device,
  },
);

export const DeviceFallbackSchema = choice(
  {
    none: 'The run fails and keeps its last checkpoint, from which it can be resumed.',
    cpu: 'The run continues from its last checkpoint on the CPU: slower, and with small rounding differences.',
  },
  {
    title: 'Device fallback',
    description: 'What happens when the device is lost or runs out of memory in the middle of a run.',
    default: commonDefaults.deviceFallback,
  },
);
