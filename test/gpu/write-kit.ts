/**
 * `npm run gpu:kit [-- folder of MNIST]`: writes out/gpu-kit, which checks and measures the engine on a machine with a GPU
 * that has neither Node.js nor a network. Built on Linux for x64, for the same.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { arch, argv, env, execPath, exit, platform } from 'node:process';
import { compressed, xzIsHere } from './kit-archive.ts';
import { stagePackages, stagePrograms } from './kit-contents.ts';
import { copyLoader, copyUnpacker } from './kit-libraries.ts';
import { stageMnist } from './kit-mnist.ts';

/** For the kit's own test: larger, made in seconds, and in a folder of its own. */
const quick = env.GAN_KIT_QUICK === '1';
const KIT = path.join('out', quick ? 'gpu-kit-quick' : 'gpu-kit');
const STAGING = `${KIT}-staging`;
const RESULTS = 'results';
const MAX_MEBIBYTES = 52;

function tarOf(folder: string): string {
  const file = `${folder}.tar`;
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  const { status, stderr } = spawnSync('tar', [...same, '-cf', file, '-C', folder, '.'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
  return file;
}

async function writeKit(): Promise<void> {
  if (platform !== 'linux' || arch !== 'x64') throw new Error('The kit is made on Linux for x64, where its parts are.');
  if (!xzIsHere()) throw new Error('xz is not here: install it (Debian, Ubuntu: sudo apt-get install xz-utils).');
  rmSync(STAGING, { recursive: true, force: true });
  mkdirSync(KIT, { recursive: true });
  // Results that were copied back took a machine that may be gone.
  for (const name of readdirSync(KIT)) if (name !== RESULTS) rmSync(path.join(KIT, name), { recursive: true });

  const [packages, programs] = ['packages', 'programs'].map((name) => path.join(STAGING, name)) as [string, string];
  stagePackages(packages);
  await stagePrograms(programs);
  const mnist = path.resolve(argv[2] ?? path.join('..', 'shared', 'data', 'mnist'));
  if (!stageMnist(mnist, path.join(programs, 'data', 'mnist'))) {
    console.log(`MNIST is not in ${mnist}: the kit will not train a preset whole. Name its folder to have that.`);
  }
  await Promise.all([
    compressed(execPath, path.join(KIT, 'node.xz'), quick),
    compressed(tarOf(packages), path.join(KIT, 'packages.tar.xz'), quick),
    compressed(tarOf(programs), path.join(KIT, 'programs.tar.xz'), quick),
  ]);
  copyUnpacker(path.join(KIT, 'xz'));
  copyLoader(path.join(KIT, 'vulkan-loader'));
  copyFileSync('test/gpu/run.sh', path.join(KIT, 'run.sh'));
  chmodSync(path.join(KIT, 'run.sh'), 0o755);
  rmSync(STAGING, { recursive: true });

  const files = globSync(`${KIT}/**`, { exclude: [`${KIT}/${RESULTS}/**`] }).filter((file) => statSync(file).isFile());
  const mebibytes = (some: readonly string[]) => some.reduce((sum, file) => sum + statSync(file).size, 0) / 2 ** 20;
  for (const file of files.sort()) console.log(`${mebibytes([file]).toFixed(2).padStart(6)} MiB  ${file}`);
  console.log(`${mebibytes(files).toFixed(2).padStart(6)} MiB in all. Copy the folder and start run.sh in it.`);
  if (!quick && mebibytes(files) > MAX_MEBIBYTES) throw new Error(`The kit may have at most ${MAX_MEBIBYTES} MiB.`);
}

try {
  await writeKit();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
}
