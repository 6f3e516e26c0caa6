/** An earlier version of this engine, to be measured by turns with the present one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execPath } from 'node:process';
import type { EngineSpec } from './engines.ts';
import { programs } from './programs.ts';
import { find, isMeasured } from './ratios.ts';
import type { ModelResult } from './results.ts';
import { summarise } from './statistics.ts';

const SUFFIX = '-before';

function run(
  what: string,
  program: string,
  args: readonly string[],
  options: { cwd?: string; input?: Buffer } = {},
): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, args, { maxBuffer: 2 ** 30, ...options });
  if (status === 0) return stdout;
  throw new RangeError(['--against', what, error?.message ?? stderr.toString().trim()].filter(Boolean).join(': '));
}

/**
 * Takes the code of `commit` out of git and builds its workers, with the packages that are installed now.
 * @param folder for the versions, within the project, whose packages are found from there
 * @throws RangeError where git knows no such commit, or its workers cannot be built
 */
export function earlierVersion(commit: string, folder: string): { readonly root: string; readonly name: string } {
  const revision = ['rev-parse', '--verify', '--quiet', '--short=7', '--end-of-options', `${commit}^{commit}`];
  const name = run(`${commit} is no commit of this repository`, 'git', revision).toString().trim();
  const root = path.join(folder, name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const archive = run(`git cannot give ${name}`, 'git', ['archive', '--format=tar', name]);
  run(`${name} cannot be unpacked`, 'tar', ['-xf', '-', '-C', root], { input: archive });
  const build = "import('./test/bench/build.ts').then(({ buildPrograms }) => buildPrograms())";
  run(`the workers of ${name} cannot be built`, execPath, ['--input-type=module', '-e', build], { cwd: root });
  return { root, name };
}

/** Each of this engine's devices among `engines`, followed by the same device of the version under `root`. */
export function withEarlier(
  engines: readonly EngineSpec[],
  { root, name }: { root: string; name: string },
): EngineSpec[] {
  return engines.flatMap((spec) => {
    const command: EngineSpec['command'] = (model, options) => {
      const [program, ...args] = spec.command(model, options);
      return [program, ...args.map((arg) => (arg === programs.worker ? path.join(root, arg) : arg))];
    };
    return spec.ours ? [spec, { ...spec, id: `${spec.id}${SUFFIX}`, name: `${spec.name}, ${name}`, command }] : [spec];
  });
}

/** "cpu: 1.02 times as fast as before (0.98–1.05 by round)", for each device that both versions were measured on. */
export function againstLines({ engines }: ModelResult): string[] {
  return engines.filter(isMeasured).flatMap((now) => {
    const before = find(engines, `${now.engine}${SUFFIX}`);
    if (before === null || !now.agrees) return [];
    const ratios = now.rounds.map((speed, round) => speed / (before.rounds[round] ?? Number.NaN));
    const { median, lowest, highest } = summarise(ratios);
    const [ratio, least, most] = [median, lowest, highest].map((value) => value.toFixed(3));
    return [`${now.engine}: ${ratio} times as fast as before (${least} to ${most} by round)`];
  });
}
