import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import {
  parseNvidia,
  parseProfiler,
  parseRegistry,
  parseVulkanChoice,
  parseVulkanList,
} from '../../sidecar/engine/devices/adapters.ts';
import { type Probe, runProbe, runtimeFile } from '../../sidecar/engine/devices/probe.ts';
import type { ProbeRequest } from '../../sidecar/engine/devices/probe-program.ts';
import { trouble } from '../../sidecar/engine/devices/troubles.ts';
import { deviceError } from '../../sidecar/engine/errors/device-errors.ts';
import {
  createEngine,
  DeviceLostError,
  DeviceUnavailableError,
  listDevices,
  OutOfMemoryError,
  tryDevice,
} from '../../sidecar/engine/index.ts';
import { devicesOf } from '../../sidecar/terms/devices.ts';
import { compiledEngine, runOn } from './support.ts';
import { useSwiftShader } from './webgpu-support.ts';

describe('devices', () => {
  before(useSwiftShader);

  it('always has a CPU, which is what "auto" means to an engine', async () => {
    const engine = await createEngine('auto', { threads: 1 });
    assert.equal(engine.device.id, 'cpu');
    assert.equal(engine.device.name, 'CPU, 1 thread');
    assert.match(engine.device.engine, /^onnxruntime-node \d+\.\d+/);
    await engine.dispose();
  });

  it('either runs or says in one line why it does not and what would help', async () => {
    const devices = await listDevices();
    assert.deepEqual(
      devices.map(({ id }) => id),
      devicesOf(process.platform),
    );
    for (const device of devices) {
      const { id, available, reason, remedy } = device;
      assert.match(device.goodFor, /^[^\n]{5,60}\.$/);
      assert.equal(device.gflops, null);
      if (available) {
        assert.equal(device.reason, undefined);
        continue;
      }
      assert.match(reason!, /^[^\n]{5,}\.$/);
      assert.match(remedy!, /^[^\n]{5,}\.$/);
      await assert.rejects(
        createEngine(id),
        (error) => error instanceof DeviceUnavailableError && error.device === id && error.reason === reason,
      );
    }
  });

  it('knows a software adapter by its name', async function () {
    const webgpu = (await listDevices()).find(({ id }) => id === 'webgpu');
    if (webgpu?.name.includes('SwiftShader') !== true) {
      console.log('      skipped: this needs SwiftShader as the only GPU');
      this.skip();
    }
    assert.match(webgpu.name, /^SwiftShader .*\(WebGPU\)$/);
    assert.equal(webgpu.software, true);
    assert.ok(webgpu.memory !== null && webgpu.memory > 2 ** 28);
  });

  it('measures what runs', async () => {
    const cpu = await tryDevice('cpu', { measure: true, threads: 1 });
    assert.equal(cpu.name, 'CPU, 1 thread');
    assert.ok(cpu.gflops !== null && cpu.gflops > 0.1 && cpu.gflops < 1e5, `${cpu.gflops} GFLOP/s`);
  });
});

describe('trying a device', () => {
  const request: ProbeRequest = {
    runtime: runtimeFile(),
    provider: 'cpu',
    threads: 1,
    square: '',
    products: [],
    budget: 0,
  };

  it('survives a driver that crashes', async () => {
    const crashing = async (_: ProbeRequest, __: NodeJS.Require, own: NodeJS.Process) => {
      own.stderr.write('segfault at 0\n', () => own.kill(own.pid, 'SIGSEGV'));
    };
    const { problem, printed } = await runProbe(request, 10_000, crashing);
    assert.match(problem!, /^Its driver (crashed \(SIG|ended the process)/);
    assert.match(printed, /segfault at 0/);
  });

  it('does not wait for a driver that hangs', async () => {
    const hanging = async () => {
      setInterval(() => {}, 1000);
    };
    assert.equal((await runProbe(request, 300, hanging)).problem, 'It did not respond within 0.3 seconds.');
  });

  it('takes what ONNX Runtime throws for an answer', async () => {
    const { problem } = await runProbe(request, 20_000);
    assert.ok(problem !== null && problem.length > 5);
    const missing = await runProbe({ ...request, provider: 'abacus' }, 20_000);
    assert.equal(missing.problem, 'This build of onnxruntime-node does not include it.');
  }).timeout(45_000);
});

describe('why a device does not run', () => {
  const probe = (problem: string, printed = ''): Probe => ({ problem, printed, gflops: null });

  it('names the part of CUDA that is missing', () => {
    const load = (library: string) =>
      trouble(
        'cuda',
        probe(
          `Failed to load library libonnxruntime_providers_cuda.so with error: ${library}: cannot open shared object file: No such file or directory`,
        ),
      ).reason;
    assert.equal(load('libcudnn.so.9'), 'cuDNN 9 is missing: libcudnn.so.9 was not found.');
    assert.equal(load('libcublasLt.so.12'), 'CUDA 12 is missing: libcublasLt.so.12 was not found.');
    assert.equal(load('libcuda.so.1'), 'The NVIDIA driver is missing: libcuda.so.1 was not found.');
    assert.equal(
      trouble('cuda', probe('CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0'))
        .reason,
      'The NVIDIA driver is too old for CUDA 12.',
    );
  });

  it('names the Vulkan drivers that WebGPU refuses', () => {
    const problem =
      '/webgpu_context.cc:136 lambda adapter_result.status == Success was false. Failed to get a WebGPU adapter: No supported adapters';
    assert.equal(
      trouble('webgpu', probe(problem, 'INFO | DRIVER:      [0] llvmpipe (LLVM 15.0.6, 256 bits)\n')).reason,
      'ONNX Runtime accepts none of the GPUs found: llvmpipe (LLVM 15.0.6, 256 bits).',
    );
    assert.equal(trouble('webgpu', probe(problem)).reason, 'No GPU with a driver was found.');
  });
});

describe('names of GPUs', () => {
  it('come from the Vulkan loader', () => {
    const printed = [
      'INFO | DRIVER:               [0] NVIDIA H200  ',
      'INFO | DRIVER:               [1] llvmpipe (LLVM 15.0.6, 256 bits)  ',
      'DRIVER:                  Using "NVIDIA H200" with driver: "libGLX_nvidia.so.0"',
    ].join('\n');
    assert.equal(parseVulkanChoice(printed), 'NVIDIA H200');
    assert.deepEqual(parseVulkanList(printed), ['NVIDIA H200', 'llvmpipe (LLVM 15.0.6, 256 bits)']);
  });

  it('come from nvidia-smi', () => {
    assert.deepEqual(parseNvidia('NVIDIA H200, 143771\nNVIDIA T400, 2048\n'), [
      { name: 'NVIDIA H200', memory: 143771 * 2 ** 20, software: false },
      { name: 'NVIDIA T400', memory: 2 ** 31, software: false },
    ]);
    assert.deepEqual(parseNvidia('NVIDIA-SMI has failed because it could not communicate with the driver.\n'), []);
  });

  it('come from the Windows registry', () => {
    const text = [
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\0000',
      '    DriverDesc    REG_SZ    AMD Radeon RX 7900 XTX',
      '    HardwareInformation.qwMemorySize    REG_QWORD    0x5ff000000',
      '',
      'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\0001',
      '    DriverDesc    REG_SZ    Microsoft Basic Render Driver',
      '',
    ].join('\r\n');
    assert.deepEqual(parseRegistry(text), [
      { name: 'AMD Radeon RX 7900 XTX', memory: 0x5ff000000, software: false },
      { name: 'Microsoft Basic Render Driver', memory: null, software: true },
    ]);
  });

  it('come from the macOS system profiler', () => {
    const text = '{"SPDisplaysDataType": [{"_name": "Apple M2", "sppci_model": "Apple M2"}]}';
    assert.deepEqual(parseProfiler(text, 2 ** 34), [{ name: 'Apple M2', memory: 2 ** 34, software: false }]);
    assert.deepEqual(parseProfiler('', 2 ** 34), []);
  });
});

describe('a device in trouble', () => {
  it('that has too little memory is told from a faulty graph, and keeps its variables', async () => {
    const engine = await compiledEngine();
    const kept = tf.variable(tf.tensor([1, 2]));
    // 400 TB: more than any processor of today addresses.
    const huge = async () =>
      runOn(
        engine,
        ({ x, y }) => {
          kept.assign(tf.add(kept, 1));
          return { sum: tf.sum(tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D)) };
        },
        {
          x: { dtype: 'float32', shape: [1e7, 1], data: new Float32Array(1e7) },
          y: { dtype: 'float32', shape: [1, 1e7], data: new Float32Array(1e7) },
        },
      );
    await assert.rejects(huge, (error) => {
      assert.ok(error instanceof OutOfMemoryError, String(error));
      assert.equal(error.device, 'cpu');
      assert.ok(error.bytes !== null && error.bytes > 4e14 && error.bytes < 4.1e14, `${error.bytes} bytes`);
      return true;
    });
    assert.deepEqual([...(await kept.data())], [1, 2]);
    kept.dispose();
  });

  it('is known by what drivers say', () => {
    const lost = [
      'WebGPU device lost (1): A valid external Instance reference no longer exists.',
      'vkQueueSubmit failed with VK_ERROR_DEVICE_LOST',
      'The GPU device instance has been suspended. 887A0005',
      'CUDA failure 700: an illegal memory access was encountered ; GPU=0',
    ];
    for (const message of lost)
      assert.ok(deviceError('webgpu', new Error(message)) instanceof DeviceLostError, message);
    const full = [
      'std::bad_alloc',
      'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 4000000',
      'CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; file=b',
      'WebGPU validation failed. Buffer size (2400000000) exceeds the max buffer size limit (1073741824).',
      'Array buffer allocation failed',
    ];
    for (const message of full) assert.ok(deviceError('cuda', new Error(message)) instanceof OutOfMemoryError, message);
    assert.equal(deviceError('cpu', new Error('indices element out of data bounds, idx=99')), null);
  });
});
