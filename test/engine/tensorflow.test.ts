import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env, execPath } from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import { DeviceUnavailableError } from '../../sidecar/engine/errors/errors.ts';
import { createEngine } from '../../sidecar/engine/index.ts';
import type { TensorFlowPackage } from '../../sidecar/engine/tensorflow/packages.ts';
import { temporaryFolder } from '../host/paths.ts';
import { buildProgram } from '../unit/programs.ts';

/** An installed package whose main file is `main`; with a native file, which is no library, unless `built` is false. */
function install(main: string, { name = 'tfjs-node', built = true } = {}): string {
  const folder = path.join(temporaryFolder('tensorflow'), 'node_modules', '@tensorflow', name);
  mkdirSync(path.join(folder, 'lib', 'napi-v8'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: `@tensorflow/${name}`, main: 'main.js' }));
  writeFileSync(path.join(folder, 'main.js'), main);
  if (built) writeFileSync(path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), 'not a library');
  return folder;
}

const project = (folder: string) => path.resolve(folder, '..', '..', '..');

describe('a TensorFlow that cannot run', () => {
  const before = env.GAN_TENSORFLOW;

  afterEach(() => {
    if (before === undefined) delete env.GAN_TENSORFLOW;
    else env.GAN_TENSORFLOW = before;
  });

  const refusal = async (folder: string): Promise<DeviceUnavailableError> => {
    env.GAN_TENSORFLOW = folder;
    const error: unknown = await createEngine('tensorflow').catch((cause: unknown) => cause);
    assert.ok(error instanceof DeviceUnavailableError, String(error));
    return error;
  };

  it('says so where npm left the native code out, as it does without install scripts', async () => {
    const folder = install('', { built: false });
    const { reason, remedy } = await refusal(folder);
    assert.equal(reason, '@tensorflow/tfjs-node is installed without its native code.');
    assert.equal(remedy, `Run "npm rebuild @tensorflow/tfjs-node" in ${project(folder)}.`);
  });

  it('says what is wrong with a native file that is no library', async () => {
    const folder = install("module.exports = require('./lib/napi-v8/tfjs_binding.node');");
    const { reason, remedy } = await refusal(folder);
    assert.match(
      reason,
      /^@tensorflow\/tfjs-node does not load: [^\n]*(invalid ELF|file too short|not a mach-o|not a valid Win32)[^\n]*\.$/i,
    );
    assert.equal(remedy, `Run "npm rebuild @tensorflow/tfjs-node" in ${project(folder)}.`);
  });

  it('names the CUDA library that is missing, and the versions it needs', async () => {
    const glibc = 'libcudart.so.11.0: cannot open shared object file: No such file or directory';
    const folder = install(`throw new Error(${JSON.stringify(glibc)});`, { name: 'tfjs-node-gpu' });
    const { reason, remedy } = await refusal(folder);
    assert.equal(reason, '@tensorflow/tfjs-node-gpu does not load: libcudart.so.11.0 is missing.');
    assert.equal(remedy, 'Install CUDA 11.2 with cuDNN 8.1, or @tensorflow/tfjs-node for the CPU.');
  });

  it('refuses a package made for another TensorFlow.js', async () => {
    const { reason, remedy } = await refusal(install("module.exports = { version: { 'tfjs-core': '3.9.0' } };"));
    assert.equal(reason, `@tensorflow/tfjs-node is made for TensorFlow.js 3.9.0, this program for ${tf.version_core}.`);
    assert.equal(remedy, `Run "npm install --global @tensorflow/tfjs-node@${tf.version_core}".`);
  });

  it('says so where GAN_TENSORFLOW names nothing', async () => {
    const folder = path.join(temporaryFolder('tensorflow'), 'nothing');
    const { reason, remedy } = await refusal(folder);
    assert.equal(reason, `GAN_TENSORFLOW names ${folder}, where there is no package.`);
    assert.match(remedy, /^Set it to the folder of an installed @tensorflow\/tfjs-node/);
  });

  it('leaves the current backend and the warnings of TensorFlow.js as they were', async () => {
    const engine = await createEngine('cpu');
    const [backend, production] = [tf.getBackend(), tf.env().getBool('PROD')];
    await refusal(install("throw new Error('broken')"));
    assert.deepEqual([tf.getBackend(), tf.env().getBool('PROD')], [backend, production]);
    await engine.dispose();
  });
});

describe('the packages of TensorFlow', () => {
  it('are looked for beside the program and where NODE_PATH says, those with native code first', async () => {
    const beside = install('', { name: 'tfjs-node-gpu', built: false });
    const elsewhere = install('');
    const program = await buildProgram('sidecar/engine/tensorflow/packages.ts');
    const list = `console.log(JSON.stringify(require(${JSON.stringify(program)}).tensorFlowPackages()))`;
    const { GAN_TENSORFLOW: _, ...others } = env;
    const printed = execFileSync(execPath, ['-e', list], {
      cwd: project(beside),
      env: { ...others, NODE_PATH: path.join(project(elsewhere), 'node_modules') },
      encoding: 'utf8',
    });
    const ours = (JSON.parse(printed) as TensorFlowPackage[]).filter(({ folder }) =>
      [beside, elsewhere].includes(folder),
    );
    assert.deepEqual(ours, [
      { name: '@tensorflow/tfjs-node', project: project(elsewhere), folder: elsewhere, built: true },
      { name: '@tensorflow/tfjs-node-gpu', project: project(beside), folder: beside, built: false },
    ]);
  });
});
