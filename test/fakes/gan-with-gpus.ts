/** `gan devices --json` on a machine that has every kind of device, and `--install`, which takes three steps. */
import type { DeviceStatus } from '../../sidecar/terms/devices.ts';

const GIB = 2 ** 30;
const base = { available: true, software: false, installable: false };
const unmeasured = { memory: null, gflops: null };

const devices: DeviceStatus[] = [
  {
    ...base,
    id: 'cpu',
    name: 'CPU, 16 threads',
    memory: 64 * GIB,
    gflops: 1240,
    goodFor: 'Every model; small ones train as fast here as on a GPU.',
  },
  {
    ...base,
    id: 'webgpu',
    name: 'NVIDIA GeForce RTX 4090 (WebGPU)',
    memory: 24 * GIB,
    gflops: 31_400,
    goodFor: 'Larger models and images; nothing to install.',
  },
  {
    ...base,
    ...unmeasured,
    id: 'cuda',
    name: 'NVIDIA GPU (CUDA)',
    available: false,
    goodFor: 'Larger models and images on NVIDIA GPUs.',
    reason: 'The CUDA provider of ONNX Runtime is not installed.',
    remedy: 'Install it: "gan devices --install cuda".',
    installable: true,
  },
  {
    ...base,
    ...unmeasured,
    id: 'tensorflow',
    name: 'TensorFlow (CUDA)',
    available: false,
    goodFor: 'Programs that need TensorFlow’s own kernels.',
    reason: 'Its binding is not installed.',
    remedy: 'Run "npm rebuild @tensorflow/tfjs-node-gpu", with CUDA 11.2 and cuDNN 8.1 on this machine.',
  },
];

const print = (object: object) => console.log(JSON.stringify(object));

if (process.argv.includes('--install')) {
  for (const received of [0, 240e6, 480e6]) print({ event: 'progress', received, total: 480e6 });
  print({ event: 'installed', device: 'cuda', message: 'The CUDA provider of ONNX Runtime is installed.' });
} else {
  for (const device of devices) print({ event: 'device', ...device });
}
