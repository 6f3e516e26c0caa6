import assert from 'node:assert/strict';
import { goals } from '../../bench/goals.ts';
import { report } from '../../bench/report.ts';
import type { EngineResult, ModelResult, Results } from '../../bench/results.ts';

const engine = (id: string, rounds: number[], difference = 0): EngineResult => ({
  engine: id,
  status: 'measured',
  name: `name of ${id}`,
  note: '',
  onCpu: true,
  rounds,
  batchSize: 128,
  firstStepSeconds: 1.25,
  sessionSeconds: id === 'cpu' ? 0.5 : null,
  javascriptShare: id === 'cpu' ? 0.01 : null,
  peakBytes: 2 ** 30,
  losses: [],
  difference,
  agrees: difference <= 1e-3,
});

const model = (id: string, engines: EngineResult[]): ModelResult => ({
  model: id,
  title: 'a model',
  operations: 64e9,
  operationsByPyTorch: 64e9,
  engines,
});

const results = (models: ModelResult[]): Results => ({
  date: '2030-01-02',
  machine: { cpu: 'Some CPU', cores: 2, memoryGiB: 16, os: 'Some Linux', node: '24.0.0' },
  batchSize: 128,
  threads: 2,
  rounds: 3,
  tolerance: { first: 1e-3, later: 1e-2 },
  models,
  bound: [{ engine: 'cpu', name: 'name of cpu', rates: { '1024×1024×1024': 100e9 } }],
});

const goalOf = (all: Results, what: string) => goals(all, null).find((goal) => goal.what.startsWith(what));

describe('the benchmark report', () => {
  const ours = engine('cpu', [160, 150, 170]);
  const slow = engine('pytorch-1.13.0', [50, 50, 50]);
  const fast = engine('pytorch-2.4.0', [80, 100, 85]);
  const compiled = engine('pytorch-2.4.0-compile', [400, 400, 400]);

  it('compares with the faster PyTorch build, eager', () => {
    const all = results([model('dcgan-28', [ours, slow, fast, compiled])]);
    const goal = goalOf(all, 'dcgan-28 against PyTorch eager');
    assert.equal(goal?.measured, 2);
    assert.equal(goal?.met, true);
  });

  it('gives no ratio to an engine whose losses differ', () => {
    const wrong = engine('pytorch-2.4.0', [80, 100, 85], 0.5);
    const all = results([model('dcgan-28', [ours, wrong])]);
    assert.equal(goalOf(all, 'dcgan-28 against PyTorch eager')?.measured, null);
    const text = report({ cpu: all, gpu: null, typing: null, panel: null, start: null });
    assert.match(text, /name of pytorch-2\.4\.0 \| 85\.0 \(80\.0–100\) \| its losses differ/);
  });

  it("measures the share of the machine's bound by the model's own arithmetic", () => {
    const all = results([model('dcgan-28', [ours])]);
    // 160 images/s of 0.5 GFLOP each, of 100 GFLOP/s.
    assert.equal(goalOf(all, 'dcgan-28, share')?.measured, 0.8);
  });

  it('says what could not be measured and why, and names no goal as met that was not measured', () => {
    const missing: EngineResult = { engine: 'pytorch', status: 'missing', name: 'PyTorch', reason: 'No Python.' };
    const all = results([model('dcgan-28', [ours, missing])]);
    const text = report({ cpu: all, gpu: null, typing: null, panel: null, start: null });
    assert.match(text, /Not measured:\n\n- PyTorch: No Python\./);
    assert.match(text, /\| dcgan-28 against PyTorch eager \| at least 1\.5× \| not measured \| – \|/);
  });

  it("takes the panel's cost from the editor's benchmark", () => {
    const rows = [
      { what: 'panel open', slowdownPercent: 1.25 },
      { what: 'panel closed', slowdownPercent: 0 },
    ];
    const panel = { date: '2030-01-02T00:00:00Z', machine: { cpu: 'Some CPU', cores: 2 }, rows };
    const text = report({ cpu: results([]), gpu: null, typing: null, panel, start: null });
    assert.match(text, /\| training slowed by an open panel \| under 2% \| 1\.3% \| yes \|/);
    assert.match(text, /### Training with the panel open/);
  });
});
