/**
 * TensorFlow's native backend for TensorFlow.js, loaded beside our own copy of TensorFlow.js.
 *
 * The package brings a second copy of tfjs-core. Both copies share one engine and one registry of
 * kernels and gradients, kept on `globalThis`, and know each other's tensors by their fields; so the
 * package's backend runs our programs. What loading it changes for the whole process is put back.
 */
import { existsSync } from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { env, execPath, versions } from 'node:process';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { createEagerEngine } from '../eager.ts';
import type { Engine } from '../engine.ts';
import { DeviceUnavailableError, OutOfMemoryError } from '../errors/errors.ts';
import { registerGradients } from '../gradients/index.ts';
import { givenFolder, type TensorFlowPackage, tensorFlowPackages } from './packages.ts';

const BACKEND = 'tensorflow';

const CUDA = 'CUDA 11.2 with cuDNN 8.1';

const INSTALL =
  'Run "npm install --global @tensorflow/tfjs-node", or "npm install --global @tensorflow/tfjs-node-gpu" ' +
  `for an NVIDIA GPU with ${CUDA}.`;

/** TensorFlow as it was loaded. */
export interface LoadedTensorFlow {
  /** For example "@tensorflow/tfjs-node-gpu 4.22.0". */
  readonly engine: string;
  /** Whether it computes on a GPU; without the right CUDA the GPU package computes on the CPU. */
  readonly gpu: boolean;
  /** What people are shown, for example "TensorFlow (CUDA)". */
  readonly name: string;
}

let loaded: LoadedTensorFlow | null = null;

const unavailable = (reason: string, remedy: string) => new DeviceUnavailableError('tensorflow', reason, remedy);

/**
 * Loads TensorFlow once; the current TensorFlow.js backend stays the current one.
 * @throws DeviceUnavailableError, which says why it does not load and what would help.
 *
 * @param threads of the CPU; TensorFlow takes all cores by default. Only the first call decides.
 */
export async function loadTensorFlow(threads?: number): Promise<LoadedTensorFlow> {
  if (loaded !== null) return loaded;
  if (versions.electron !== undefined) {
    throw unavailable(
      'TensorFlow does not run inside Electron.',
      `Set gan.sidecar.nodePath to a Node.js that is installed on this machine. ${INSTALL}`,
    );
  }
  const given = givenFolder();
  if (given !== null && !existsSync(path.join(given, 'package.json'))) {
    throw unavailable(
      `GAN_TENSORFLOW names ${given}, where there is no package.`,
      'Set it to the folder of an installed @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu, or remove it.',
    );
  }
  const packages = tensorFlowPackages();
  if (packages.length === 0) {
    throw unavailable(
      `Neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed for ${execPath}.`,
      INSTALL,
    );
  }
  const failures: DeviceUnavailableError[] = [];
  for (const found of packages) {
    try {
      loaded = load(found, threads);
      return loaded;
    } catch (cause) {
      failures.push(cause instanceof DeviceUnavailableError ? cause : explain(found, cause));
    }
  }
  throw failures[0];
}

/** Why TensorFlow cannot run here, with what would help; null when it runs. Loads it. */
export async function tensorFlowProblem(): Promise<DeviceUnavailableError | null> {
  try {
    await loadTensorFlow();
    return null;
  } catch (cause) {
    if (cause instanceof DeviceUnavailableError) return cause;
    throw cause;
  }
}

/** The rate of matrix products in 10^9 operations a second, measured for `budget` milliseconds. Loads TensorFlow. */
export async function measureTensorFlow(budget = 200): Promise<number> {
  await loadTensorFlow();
  const before = tf.getBackend();
  void tf.setBackend(BACKEND);
  try {
    return tf.tidy(() => {
      const size = 1024;
      // The mean of 1/size makes every product the same matrix again.
      const x = tf.fill([size, size], 1 / size) as tf.Tensor2D;
      const product = () => tf.tidy(() => void tf.sum(tf.matMul(x, x)).dataSync());
      product();
      const begin = performance.now();
      let spent = 0;
      let runs = 0;
      while (spent < budget) {
        product();
        runs += 1;
        spent = performance.now() - begin;
      }
      return (runs * 2 * size ** 3) / spent / 1e6;
    });
  } finally {
    if (before !== BACKEND) void tf.setBackend(before);
  }
}

/** An engine on TensorFlow, operation by operation. @throws DeviceUnavailableError. */
export async function createTensorFlowEngine(options: { readonly threads?: number } = {}): Promise<Engine> {
  const { name, engine } = await loadTensorFlow(options.threads);
  return createEagerEngine(BACKEND, { device: { id: 'tensorflow', name, engine }, explain: explainStep });
}

/** TensorFlow's status RESOURCE_EXHAUSTED becomes an OutOfMemoryError; anything else stays as it is. */
function explainStep(cause: unknown): unknown {
  const detail = cause instanceof Error ? /^Invalid TF_Status: 8\nMessage: (.*)/.exec(cause.message)?.[1] : undefined;
  return detail === undefined ? cause : new OutOfMemoryError(BACKEND, detail, null, cause);
}

function load(found: TensorFlowPackage, threads: number | undefined): LoadedTensorFlow {
  if (!found.built) {
    throw unavailable(`${found.name} is installed without its native code.`, rebuild(found));
  }
  supplyRemovedUtilities();
  // TensorFlow reads these once. Its notes on instruction sets and missing GPUs are not for people.
  env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (threads !== undefined) env.TF_NUM_INTRAOP_THREADS ??= String(threads);

  const before: string | undefined = tf.engine().backendName;
  // Otherwise TensorFlow.js warns that its second copy sets the same platform and backends.
  const quiet = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    const module: unknown = Module.createRequire(path.join(found.folder, 'package.json'))(found.folder);
    checkVersion(found, module);
    void tf.setBackend(BACKEND);
    checkResult();
    const gpu = Reflect.get(tf.backend(), 'isUsingGpuDevice') === true;
    return { engine: `${found.name} ${versionOf(module, 'tfjs-node') ?? ''}`.trim(), gpu, name: nameOf(found, gpu) };
  } finally {
    tf.env().set('PROD', quiet);
    registerGradients();
    if (before !== undefined && before !== BACKEND) void tf.setBackend(before);
  }
}

function nameOf({ name }: TensorFlowPackage, gpu: boolean): string {
  if (gpu) return 'TensorFlow (CUDA)';
  return name.endsWith('-gpu') ? `TensorFlow (CPU, because ${CUDA} was not found)` : 'TensorFlow (CPU)';
}

/** tfjs-node 4.22 calls these; Node.js 23 dropped the first, and warns of the second. */
function supplyRemovedUtilities(): void {
  const isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  Object.assign(util, { isNullOrUndefined, isArray: Array.isArray });
}

/** The version that a TensorFlow.js module gives for one of its parts. */
function versionOf(module: unknown, part: string): string | undefined {
  const { version } = module as { version?: Record<string, string> };
  return version?.[part];
}

function checkVersion({ name }: TensorFlowPackage, module: unknown): void {
  const major = (version: string | undefined) => version?.split('.')[0];
  const version = versionOf(module, 'tfjs-core');
  if (major(version) === major(tf.version_core)) return;
  throw unavailable(
    `${name} is made for TensorFlow.js ${version ?? 'of another version'}, this program for ${tf.version_core}.`,
    `Run "npm install --global ${name}@${tf.version_core}".`,
  );
}

/** Squares a number. */
function checkResult(): void {
  const [result] = tf.tidy(() => tf.square(tf.scalar(3)).dataSync());
  if (result !== 9) throw new Error(`it computes 3 · 3 = ${result}`);
}

const rebuild = ({ name, project }: TensorFlowPackage): string =>
  project === null ? `Run "npm rebuild --global ${name}".` : `Run "npm rebuild ${name}" in ${project}.`;

/** What an operating system says of a shared library that it cannot load. */
const MISSING_LIBRARY = /([\w.+-]+\.(?:so[\w.]*|dll|dylib)): cannot open shared object|Library not loaded: (\S+)/;

function explain(found: TensorFlowPackage, cause: unknown): DeviceUnavailableError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const missing = MISSING_LIBRARY.exec(message);
  const file = missing?.[1] ?? missing?.[2];
  const library = file === undefined ? undefined : path.basename(file);
  if (library !== undefined && /^lib(cuda|cudart|cudnn|cublas|cufft|curand|cusolver|cusparse)/.test(library)) {
    return unavailable(
      `${found.name} does not load: ${library} is missing.`,
      `Install ${CUDA}, or @tensorflow/tfjs-node for the CPU.`,
    );
  }
  const [line] = message.split('\n');
  const why = library === undefined ? (line ?? '').replace(/[.\s]+$/, '') : `${library} is missing`;
  return unavailable(`${found.name} does not load: ${why}.`, rebuild(found));
}
