/** The kit for GPU machines, made and run whole on a software adapter, with everything as small as it can be. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { arch, env, execPath, platform, stdout } from 'node:process';
import { SWIFTSHADER, useSwiftShader } from '../engine/webgpu-support.ts';
import { xzIsHere } from '../gpu/kit-archive.ts';
import type { ItemResult } from '../gpu/results.ts';

const BENCH = 'bench-chapter-mlp-conv';
/** One of each kind. PyTorch is not looked for: it is no part of the product. */
const ITEMS = ['presets', 'engine', BENCH, 'profile-chapter-mlp-conv', 'quality'];

/** Where the kit looks for it by default. */
const MNIST = path.join('..', 'shared', 'data', 'mnist');

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

/** What is skipped and why, by its item; `noGpu` says why there is no adapter, null where there is one. */
function expectedSkips(noGpu: string | null): Record<string, string> {
  const skips: Record<string, string> = { [`${BENCH}-2-compile`]: 'skipped: No PyTorch here has torch.compile.' };
  if (noGpu !== null) {
    assert.match(noGpu, /^There is no GPU for WebGPU\./);
    for (const item of ['presets', 'engine', `${BENCH}-2`, 'profile-chapter-mlp-conv-2', 'quality-conditional-mnist'])
      skips[item] = `skipped: ${noGpu}`;
  } else if (!existsSync(MNIST)) {
    skips['quality-conditional-mnist'] = 'skipped: MNIST was not at hand when the kit was made.';
  }
  return skips;
}

describe('the kit for GPU machines', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gan-kit-test-'));
  const work = mkdtempSync(path.join(tmpdir(), 'gan-kit-work-'));
  before(function () {
    if (platform === 'linux' && arch === 'x64' && xzIsHere()) return useSwiftShader();
    console.log('      skipped: the kit is made on Linux for x64, with xz');
    this.skip();
  });
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
    const { code, output } = await run('out/gpu-kit-quick/run.sh', [folder], {
      TMPDIR: work,
      GAN_KIT_TINY: '1',
      GAN_KIT_PYTHON: 'no-python-here',
      GAN_KIT_ITEMS: ITEMS.join(),
    });
    const all = results();
    const reasons = Object.fromEntries(
      all.filter(({ status }) => status !== 'passed').map(({ item, status, reason }) => [item, `${status}: ${reason}`]),
    );
    const noGpu = all.find(({ item }) => item === 'presets')?.reason ?? null;
    if (noGpu !== null) {
      assert.ok(!existsSync(SWIFTSHADER), `SwiftShader is here and was not found: ${noGpu}`);
      console.log(`      skipped: most of the kit, for want of a software adapter: ${noGpu}`);
    }
    assert.deepEqual(reasons, expectedSkips(noGpu), output);
    assert.equal(code, 0, output);
    const kinds = new Set(all.map(({ item }) => item.split('-')[0]));
    assert.deepEqual([...kinds].sort(), ['bench', 'devices', 'engine', 'presets', 'profile', 'quality']);
    assert.ok(all.every(({ status, numbers }) => status === 'skipped' || numbers !== null));
    assert.match(
      readFileSync(path.join(folder, 'summary.txt'), 'utf8'),
      /\n\d+ passed, 0 failed, 0 cut off, \d+ skipped\n/,
    );
    assert.deepEqual(readdirSync(work), []);
  });

  it('makes no report of a software adapter', () => {
    const before = readFileSync('BENCHMARKS.md');
    const { status, stderr } = spawnSync(execPath, ['test/gpu/report/write-report.ts', folder], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^These results are of a (software adapter \(.+\)|machine on which WebGPU found no GPU)/);
    assert.deepEqual(readFileSync('BENCHMARKS.md'), before);
  });
});
