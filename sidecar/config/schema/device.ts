import { commonDefaults } from '../presets.ts';
import { choice } from './key.ts';

export const DeviceSchema = choice(
  {
    auto: 'The fastest device of this machine, found by a short calibration on this config.',
    cpu: 'The processor. Always there.',
    webgpu: 'A GPU of any make, by Vulkan, Direct3D 12 or Metal.',
    cuda: 'An NVIDIA GPU by CUDA. Needs the CUDA provider library of ONNX Runtime.',
    tensorflow:
      'TensorFlow’s own runtime (tfjs-node-gpu or tfjs-node). Needs it installed, and a Node.js outside VS Code.',
  },
  {
    title: 'Device',
    description: 'What computes.',
    details: '`gan devices` lists what this machine has, and what would make the others run.',
    default: commonDefaults.device,
  },
);
