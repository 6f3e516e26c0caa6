/** Every engine that the benchmark knows, and how each is started. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { execPath } from 'node:process';
import type { DeviceStatus } from '../../sidecar/engine/engine.ts';
import { tensorflowBinding } from '../tensorflow/binding.ts';
import { programs } from './programs.ts';
import { type PythonWithTorch, pythonsWithTorch } from './pythons.ts';
import type { Tolerance } from './results.ts';

export interface WorkerOptions {
  readonly batchSize: number;
  readonly threads: number;
  /** Where the fixtures lie. */
  readonly folder: string;
}

export interface EngineSpec {
  /** As `--engines` takes it. */
  readonly id: string;
  /** Until it says its own name. */
  readonly name: string;
  /** Why it cannot run, and what would make it run. */
  readonly missing?: string;
  /** Trains fewer images a step, in one step, since a whole one would take minutes. */
  readonly scaled?: true;
  /** Whether it computes on the CPU, whose bound is then its own. */
  readonly onCpu: boolean;
  /** How far its losses may differ, where that is more than others' may. */
  readonly tolerance?: Tolerance;
  /** A device of this engine, which an earlier version of it can be compared on. */
  readonly ours?: true;
  /** Can count a step's kernels on the GPU. */
  readonly countsKernels?: true;
  readonly environment: Readonly<Record<string, string>>;
  /** How a worker for `model`, or for "matmul", is started. */
  command(model: string, options: WorkerOptions): readonly [string, ...string[]];
}

const javascript = (id: string, name: string, onCpu: boolean): EngineSpec => ({
  id,
  name,
  onCpu,
  environment: {},
  command: (model, { batchSize, threads }) =>
    model === 'matmul'
      ? [execPath, programs.matmul, `${threads}`]
      : [execPath, programs.worker, id, model, `${batchSize}`, `${threads}`],
});

const reason = ({ reason, remedy }: DeviceStatus): string => [reason, remedy].filter(Boolean).join(' ');

/** The devices of this engine; a software adapter, which only tests have a use for, where `asked` has it. */
function devices(asked: ReadonlySet<string>): EngineSpec[] {
  const { stdout } = spawnSync(execPath, [programs.devices], { encoding: 'utf8' });
  const statuses = JSON.parse(stdout) as readonly DeviceStatus[];
  return statuses
    .filter(({ id }) => id !== 'tensorflow')
    .map((status) => {
      const spec: EngineSpec = {
        ...javascript(status.id, `this engine, ${status.name}`, status.id === 'cpu'),
        ours: true,
      };
      if (!status.available) return { ...spec, missing: reason(status) };
      return status.software && !asked.has(status.id)
        ? { ...spec, missing: 'The only adapter is a software one.' }
        : spec;
    });
}

function tensorflow(): EngineSpec {
  const spec = javascript('tensorflow', 'TensorFlow.js on TensorFlow (tfjs-node)', true);
  if (process.env.GAN_TENSORFLOW) return spec;
  const folder = tensorflowBinding();
  return folder === null
    ? { ...spec, missing: 'Not built. "npm run test:tensorflow" builds it and says what it needs.' }
    : { ...spec, environment: { GAN_TENSORFLOW: folder } };
}

const NO_TORCH =
  'No python3 here has PyTorch. Install it (Debian: apt-get install python3-torch libopenblas0-pthread; elsewhere: ' +
  'python3 -m pip install torch numpy) and name the interpreter with --python if it is not python3.';

/** Where torch.compile keeps what it compiled; it would otherwise lie among the system's temporary files. */
const INDUCTOR = path.join('dist', 'test', 'bench', 'torch-inductor');

/** TF32 keeps 10 bits of a factor where float32 has 23. */
const TF32_TOLERANCE: Tolerance = { first: 1e-2, later: 5e-2 };

function pytorch(found: readonly PythonWithTorch[]): EngineSpec[] {
  const engine = (python: string, id: string, name: string, ...options: string[]): EngineSpec => ({
    id,
    name,
    onCpu: !options.includes('cuda'),
    environment: {},
    command: (model, { threads, folder }) => {
      return [python, 'test/bench/pytorch_worker.py', model, folder, '--threads', `${threads}`, ...options];
    },
  });
  if (found.length === 0) return [{ ...engine('', 'pytorch', 'PyTorch'), missing: NO_TORCH }];
  return found.flatMap(({ python, version, compiles, cuda }) => {
    const [id, name] = [`pytorch-${version}`, `PyTorch ${version}`];
    const compiled = (suffix: string, ...options: string[]): EngineSpec => ({
      ...engine(python, `${id}${suffix}`, `${name} torch.compile`, '--compile', ...options),
      environment: { TORCHINDUCTOR_CACHE_DIR: path.resolve(INDUCTOR) },
      ...(compiles ? {} : { missing: `PyTorch ${version} has no torch.compile.` }),
    });
    const onCpu = [engine(python, id, `${name} eager`), compiled('-compile')];
    if (!cuda) return onCpu;
    const onGpu = [
      engine(python, `${id}-cuda`, `${name} eager, CUDA`, '--device', 'cuda'),
      compiled('-cuda-compile', '--device', 'cuda'),
    ].map((spec): EngineSpec => ({ ...spec, countsKernels: true }));
    const withTf32 = onGpu.map(
      (spec): EngineSpec => ({
        ...spec,
        id: `${spec.id}-tf32`,
        name: `${spec.name}, TF32`,
        tolerance: TF32_TOLERANCE,
        command: (model, options) => [...spec.command(model, options), '--tf32'],
      }),
    );
    return [...onCpu, ...onGpu, ...withTf32];
  });
}

/** Engines called `name`, or else those whose names begin with it. */
function named(all: readonly EngineSpec[], name: string): readonly EngineSpec[] {
  const exact = all.filter(({ id }) => id === name);
  const found = exact.length > 0 ? exact : all.filter(({ id }) => id.startsWith(name));
  if (found.length > 0) return found;
  throw new RangeError(`--engines ${name}: there are ${all.map(({ id }) => id).join(', ')}.`);
}

/** Those that `wanted` names, a software adapter too; else all that are there, each with why others are not. */
export function findEngines(wanted: readonly string[], pythons: readonly string[]): EngineSpec[] {
  const asked = new Set(wanted);
  const all = [
    ...devices(asked),
    tensorflow(),
    { ...javascript('tfjs-cpu', 'TensorFlow.js, cpu backend', true), scaled: true } satisfies EngineSpec,
    javascript('tfjs-wasm', 'TensorFlow.js, wasm backend', true),
    ...pytorch(pythonsWithTorch(pythons)),
  ];
  if (wanted.length === 0) return all;
  const chosen = new Set(wanted.flatMap((name) => named(all, name)));
  return all.filter((spec) => chosen.has(spec));
}

/**
 * What is compared on a GPU: this engine on WebGPU with PyTorch on CUDA, or with PyTorch on the CPU where
 * no PyTorch here has CUDA. `compiled` says whether torch.compile is among them, which takes minutes.
 */
export function gpuEngines(found: readonly PythonWithTorch[], compiled: boolean): EngineSpec[] {
  const peers = pytorch(found).filter(({ id }) => compiled || !id.includes('-compile'));
  const onGpu = peers.filter(({ onCpu }) => !onCpu);
  return [javascript('webgpu', 'this engine, WebGPU', false), ...(onGpu.length > 0 ? onGpu : peers)];
}
