import assert from 'node:assert/strict';
import { devicesText } from '../../../sidecar/cli/device-table.ts';
import { InstallProgress } from '../../../sidecar/cli/install-progress.ts';
import { wrap } from '../../../sidecar/cli/wrap.ts';
import { likelyAuto, memoryText, speedText } from '../../../sidecar/terms/device-text.ts';
import type { DeviceStatus } from '../../../sidecar/terms/devices.ts';

const device = (change: Partial<DeviceStatus>): DeviceStatus => ({
  id: 'cpu',
  name: 'CPU, 8 threads',
  available: true,
  software: false,
  memory: 16 * 2 ** 30,
  goodFor: 'Every model.',
  gflops: 131.4,
  installable: false,
  ...change,
});
const cpu = device({});
const gpu = device({ id: 'webgpu', name: 'NVIDIA H200 (WebGPU)', memory: 139.8 * 2 ** 30, gflops: 25_134 });
const software = device({ id: 'webgpu', name: 'SwiftShader (WebGPU)', memory: null, gflops: 900, software: true });
const missing = device({
  id: 'cuda',
  name: 'NVIDIA GPU (CUDA)',
  available: false,
  memory: null,
  gflops: null,
  reason: 'The CUDA provider of ONNX Runtime is not installed.',
  remedy: 'Run "gan devices --install cuda".',
  installable: true,
});

describe('gan devices for people', () => {
  it('shows what runs as a table, what auto means, and why the rest does not', () => {
    assert.equal(
      devicesText([cpu, gpu, missing], Number.POSITIVE_INFINITY),
      `device  name                  memory   speed           good for
cpu     CPU, 8 threads        16 GiB   131 GFLOP/s     Every model.
webgpu  NVIDIA H200 (WebGPU)  140 GiB  25,100 GFLOP/s  Every model.

"auto" trains on the device that is fastest on the config's own step: here most likely webgpu.

Not available here:
  cuda  NVIDIA GPU (CUDA)
        The CUDA provider of ONNX Runtime is not installed.
        Run "gan devices --install cuda".`,
    );
  });

  it('fits into a terminal', () => {
    const wide = { ...cpu, goodFor: 'Every model; small ones train as fast here as on a graphics card of its time.' };
    const text = devicesText([wide, missing], 80);
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
    assert.match(text, /^ {45}\S/m, 'goes on in its column');
  });

  it('is whole where nothing was measured', () => {
    const text = devicesText([{ ...cpu, gflops: null, memory: null }], 80);
    assert.match(text, /^cpu +CPU, 8 threads +– +– +Every model\.$/m);
    assert.doesNotMatch(text, /most likely|Not available here/);
  });

  it('says that a software adapter is not chosen', () => {
    assert.match(devicesText([cpu, software], 200), /A software adapter: "auto" never chooses it\./);
  });
});

describe('devices in words', () => {
  it('counts memory as makers of GPUs do', () => {
    const text = (gib: number | null) => memoryText({ ...cpu, memory: gib === null ? null : gib * 2 ** 30 });
    assert.deepEqual(
      [text(24), text(139.8), text(7.78), text(0.5), text(null)],
      ['24 GiB', '140 GiB', '7.8 GiB', '0.5 GiB', ''],
    );
  });

  it('rounds speed to three digits', () => {
    const text = (gflops: number | null) => speedText({ ...cpu, gflops });
    assert.deepEqual(
      [text(131.44), text(25_134), text(0.523), text(null)],
      ['131 GFLOP/s', '25,100 GFLOP/s', '0.523 GFLOP/s', ''],
    );
  });

  it('takes the fastest for auto, and no software adapter', () => {
    assert.equal(likelyAuto([cpu, gpu, missing])?.id, 'webgpu');
    assert.equal(likelyAuto([cpu, software, missing])?.id, 'cpu');
    assert.equal(likelyAuto([{ ...cpu, gflops: null }]), undefined);
  });
});

describe('wrap', () => {
  it('breaks at spaces, and leaves long words and narrow columns alone', () => {
    assert.deepEqual(wrap('one two three four five', 20), ['one two three four', 'five']);
    assert.deepEqual(wrap('a wordthatislongerthanthecolumn b', 20), ['a', 'wordthatislongerthanthecolumn', 'b']);
    assert.deepEqual(wrap('one two three', 5), ['one two three']);
  });
});

describe('the progress of an installation', () => {
  const run = (isTerminal: boolean, reports: readonly (readonly [number, number, number | null])[]) => {
    let written = '';
    let now = 0;
    const write = (text: string) => {
      written += text;
    };
    const progress = new InstallProgress({ write, isTerminal, columns: 60, now: () => now }, 'Downloading cuda');
    for (const [at, received, total] of reports) {
      now = at;
      progress.show(received, total);
    }
    progress.end();
    return written;
  };

  it('is a bar in a terminal, drawn at most ten times a second and taken away at the end', () => {
    const written = run(true, [
      [0, 0, 480e6],
      [50, 1e6, 480e6],
      [200, 240e6, 480e6],
    ]);
    const [, first, half, after] = written.split('\r\x1b[K');
    assert.match(first ?? '', /^Downloading cuda: 0\.0 of 480 MB {2}░+$/);
    assert.match(half ?? '', /^Downloading cuda: 240 of 480 MB {2}(█+)(░+)$/);
    assert.equal(after, '');
  });

  it('is a line now and then elsewhere, and one at the end', () => {
    assert.equal(
      run(false, [
        [0, 1e6, null],
        [100, 2e6, null],
        [6000, 30e6, null],
        [6001, 40e6, 40e6],
      ]),
      'Downloading cuda: 1.0 MB\nDownloading cuda: 30 MB\nDownloading cuda: 40 of 40 MB\n',
    );
  });
});
