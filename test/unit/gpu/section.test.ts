import assert from 'node:assert/strict';
import { gpuSection, sectionOf, withSection } from '../../gpu/report/section.ts';
import type { ItemResult } from '../../gpu/results.ts';

const item = (id: string, numbers: unknown): ItemResult => ({
  item: id,
  title: `what ${id} does`,
  status: 'passed',
  reason: null,
  seconds: 2,
  limit: 60,
  date: '2030-01-02',
  numbers,
});

const machine = { cpu: 'Some CPU', cores: 16, memoryGiB: 128, os: 'Some Linux', node: '24.0.0' };

const devices = (webgpu: object) =>
  item('devices', {
    machine,
    vulkan: { loader: null, drivers: [], manifests: [] },
    setup: null,
    devices: [
      { id: 'webgpu', name: 'Some GPU', available: true, software: false, memory: null, gflops: null, ...webgpu },
    ],
    largestBuffer: null,
    vulkanDevices: null,
    nvidia: [{ name: 'Some GPU', driver_version: '550.1', 'memory.total': '81559 MiB' }],
    pythons: [],
  });

const engine = (id: string, name: string, rounds: readonly number[]) => ({
  engine: id,
  status: 'measured',
  name,
  note: '',
  onCpu: false,
  rounds,
  batchSize: 128,
  firstStepSeconds: 1,
  sessionSeconds: null,
  javascriptShare: null,
  peakBytes: 0,
  gpu: { bytes: 2 ** 30, kernels: 120, seconds: null },
  losses: [],
  difference: 0,
  agrees: true,
});

const bench = item('bench-dcgan-64-128', {
  date: '2030-01-02',
  machine,
  batchSize: 128,
  threads: 16,
  rounds: 2,
  tolerance: { first: 1e-3, later: 1e-2 },
  models: [
    {
      model: 'dcgan-64',
      title: '',
      operations: 1,
      operationsByPyTorch: null,
      engines: [
        engine('webgpu', 'ours', [2000, 2200]),
        engine('pytorch-2.4.0-cuda', 'PyTorch eager, CUDA', [1000, 1100]),
      ],
    },
  ],
  bound: [],
});

const suite = item('presets', {
  of: 2,
  passed: 1,
  failed: 1,
  tests: [{ title: 'vae: first steps', state: 'failed', seconds: 1, error: 'losses differ' }],
});

describe('the section on a GPU', () => {
  it('says machine, driver, date, ratios and what did not pass', () => {
    const text = gpuSection([devices({}), bench, suite]);
    assert.match(
      text,
      /^## Training on a GPU\n\nMeasured on 2030-01-02: Some GPU; Some GPU, driver 550\.1, 81559 MiB; Some CPU, 16 cores/,
    );
    assert.match(
      text,
      /\| dcgan-64, 128 \| PyTorch eager, CUDA \| 1050 \(1000–1100\) \| 2\.00× \| 1\.00 s \| 1\.0 GiB \| 120 \|/,
    );
    assert.match(
      text,
      /- PASSED {2}presets: what presets does \(2\.0 s\)\n {2}- 1 of 2 passed\n {2}- failed: vae: first steps: losses differ/,
    );
  });

  it('is not written from a software adapter, nor without a GPU', () => {
    assert.throws(
      () => gpuSection([devices({ software: true, name: 'llvmpipe' }), bench]),
      /software adapter \(llvmpipe\)/,
    );
    assert.throws(() => gpuSection([devices({ available: false }), bench]), /found no GPU/);
    assert.throws(() => gpuSection([bench]), /found no GPU/);
  });

  const before = '# Benchmarks\n\ntext\n\n## The bound\n\nmore\n\n## In the editor\n\nlast\n';

  it('is put before the editor, then in the place of the older one, and nothing else changes', () => {
    const first = withSection(before, '## Training on a GPU\n\none $& two');
    assert.equal(
      first,
      '# Benchmarks\n\ntext\n\n## The bound\n\nmore\n\n## Training on a GPU\n\none $& two\n\n## In the editor\n\nlast\n',
    );
    assert.equal(sectionOf(first), '## Training on a GPU\n\none $& two');
    const second = withSection(first, '## Training on a GPU\n\nthree');
    assert.equal(second, first.replace('one $& two', 'three'));
  });

  it('is put at the end where the report says nothing of the editor', () => {
    const text = withSection('# Benchmarks\n\ntext\n', '## Training on a GPU\n\none');
    assert.equal(text, '# Benchmarks\n\ntext\n\n## Training on a GPU\n\none\n');
    assert.equal(withSection(text, '## Training on a GPU\n\ntwo'), text.replace('one', 'two'));
    assert.equal(sectionOf('# Benchmarks\n'), null);
  });
});
