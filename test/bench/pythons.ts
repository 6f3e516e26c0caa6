/** Finds Python interpreters that have PyTorch. */
import { spawnSync } from 'node:child_process';

export interface PythonWithTorch {
  readonly python: string;
  /** Of PyTorch, such as "2.4.0". */
  readonly version: string;
  /** Whether it has torch.compile. */
  readonly compiles: boolean;
  readonly cuda: boolean;
}

const QUESTION =
  'import numpy, torch; print("torch", torch.__version__, hasattr(torch, "compile"), torch.cuda.is_available())';

/** Asks each; one without PyTorch, and a second one with the same version, are left out. */
export function pythonsWithTorch(pythons: readonly string[]): PythonWithTorch[] {
  const found = new Map<string, PythonWithTorch>();
  for (const python of pythons) {
    const { status, stdout } = spawnSync(python, ['-c', QUESTION], { encoding: 'utf8', timeout: 120_000 });
    const answer = status === 0 ? /^torch (\d+\.\d+\.\d+)\S* (\w+) (\w+)$/m.exec(stdout) : null;
    const [, version, compiles, cuda] = answer ?? [];
    if (version === undefined || found.has(version)) continue;
    found.set(version, { python, version, compiles: compiles === 'True', cuda: cuda === 'True' });
  }
  return [...found.values()];
}
