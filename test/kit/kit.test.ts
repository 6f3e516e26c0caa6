/** The kit for GPU machines, made and run whole on a software adapter, with everything as small as it can be. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { env, execPath, stdout } from 'node:process';
import { useSwiftShader } from '../engine/webgpu-support.ts';
import type { ItemResult } from '../gpu/results.ts';

const BENCH = 'bench-chapter-mlp-conv';
/** One of each kind. PyTorch is not looked for: it is no part of the product. */
const ITEMS = ['presets', 'engine', BENCH, 'profile-chapter-mlp-conv', 'quality'];

/** The exit code, and all that was printed. */
function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(program, args, { env: { ...env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      // As it comes: it takes minutes.
      stdout.write(text);
    });
  }
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe('the kit for GPU machines', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gan-kit-test-'));
  const work = mkdtempSync(path.join(tmpdir(), 'gan-kit-work-'));
  before(useSwiftShader);
  after(() => {
    for (const each of [folder, work]) rmSync(each, { recursive: true, force: true });
  });

  const results = () =>
    globSync('*.json', { cwd: folder }).map(
      (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ItemResult,
    );

  it('is made', async () => {
    const { code, output } = await run(execPath, ['test/gpu/write-kit.ts'], { GAN_KIT_QUICK: '1' });
    assert.equal(code, 0, output);
    assert.match(output, /MiB in all/);
  });

  it('does one item of each kind, and leaves nothing behind', async () => {
    const { code, output } = await run('out/gpu-kit/run.sh', [folder], {
      TMPDIR: work,
      GAN_KIT_TINY: '1',
      GAN_KIT_PYTHON: 'no-python-here',
      GAN_KIT_ITEMS: ITEMS.join(),
    });
    const all = results();
    const reasons = all
      .filter(({ status }) => status !== 'passed')
      .map(({ item, status, reason }) => ({ item, status, reason }));
    assert.deepEqual(
      reasons,
      [{ item: `${BENCH}-2-compile`, status: 'skipped', reason: 'No PyTorch here has torch.compile.' }],
      output,
    );
    assert.equal(code, 0, output);
    const kinds = new Set(all.map(({ item }) => item.split('-')[0]));
    assert.deepEqual([...kinds].sort(), ['bench', 'devices', 'engine', 'presets', 'profile', 'quality']);
    assert.ok(all.every(({ status, numbers }) => status === 'skipped' || numbers !== null));
    assert.match(
      readFileSync(path.join(folder, 'summary.txt'), 'utf8'),
      /\n\d+ passed, 0 failed, 0 cut off, 1 skipped\n/,
    );
    assert.deepEqual(readdirSync(work), []);
  });

  it('makes no report of a software adapter', () => {
    const before = readFileSync('BENCHMARKS.md');
    const { status, stderr } = spawnSync(execPath, ['test/gpu/report/write-report.ts', folder], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^These results are of a software adapter \(.+\)/);
    assert.deepEqual(readFileSync('BENCHMARKS.md'), before);
  });
});
