/**
 * Tries a device in a process of its own: a driver that crashes or hangs harms nobody there, and
 * what drivers print is read instead of shown.
 */
import { spawn } from 'node:child_process';
import { env, execPath } from 'node:process';
import { node } from '../graph/record.ts';
import { makeValue, type Value } from '../graph/value.ts';
import { writeModel } from '../onnx/model.ts';
import type { ExecutionProvider } from '../onnx/session.ts';
import { type ProbeAnswer, type ProbeRequest, type ProductModel, probeProgram } from './probe-program.ts';

export interface Probe extends ProbeAnswer {
  /** What the process and its drivers printed. */
  readonly printed: string;
}

/** Milliseconds that a device has to answer; starting a large GPU takes seconds. */
const PATIENCE = 8_000;

/** Milliseconds of matrix products that measure a device. */
const BUDGET = 200;

const SIZES = [256, 1024, 2048, 4096];

/** Products in one run, so that a run's own overhead counts little. */
const PRODUCTS = 4;

const base64 = (y: Value): string => Buffer.from(writeModel('probe', [{ name: 'y', value: y }])).toString('base64');

function squareModel(): string {
  const x = makeValue('float32', [1], { kind: 'input', name: 'x' });
  return base64(node('Mul', [x, x], 'float32', [1]));
}

function productModel(size: number): ProductModel {
  const shape = [size, size];
  const x = makeValue('float32', shape, { kind: 'input', name: 'x' });
  let y: Value = x;
  for (let at = 0; at < PRODUCTS; at += 1) y = node('MatMul', [y, x], 'float32', shape);
  const largest = node('ReduceMax', [y], 'float32', [], { keepdims: { kind: 'int', value: 0 } });
  return { size, operations: 2 * size ** 3 * PRODUCTS, model: base64(largest) };
}

/** Where onnxruntime-node was found; its binding loads further libraries from folders beside it. */
export const runtimeFile = (): string => require.resolve('onnxruntime-node');

/** Runs a small model on a provider, and measures it if asked to. Never rejects. */
export function probe(provider: ExecutionProvider, threads: number, measure: boolean): Promise<Probe> {
  return runProbe(
    {
      runtime: runtimeFile(),
      provider,
      threads,
      square: squareModel(),
      products: measure ? SIZES.map(productModel) : [],
      budget: BUDGET,
    },
    measure ? 2 * PATIENCE : PATIENCE,
  );
}

/** `patience` in milliseconds. */
export function runProbe(request: ProbeRequest, patience: number, program = probeProgram): Promise<Probe> {
  const source = `(${program.toString()})(JSON.parse(process.argv[1]), require, process)`;
  return new Promise((resolve) => {
    const child = spawn(execPath, ['-e', source, JSON.stringify(request)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // The Vulkan loader then names the GPU it takes, which nothing else tells.
      env: { ...env, VK_LOADER_DEBUG: 'driver' },
      windowsHide: true,
    });
    let printed = '';
    let answer: ProbeAnswer | null = null;
    const timer = setTimeout(() => {
      answer ??= { problem: `It did not respond within ${patience / 1000} seconds.`, gflops: null };
      child.kill('SIGKILL');
    }, patience);
    child.stderr?.on('data', (chunk) => {
      printed += chunk;
    });
    child.on('message', (message) => {
      answer = message as ProbeAnswer;
    });
    child.on('error', ({ message }) => {
      answer ??= { problem: message, gflops: null };
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const how = signal === null ? `ended the process with code ${code}` : `crashed (${signal})`;
      resolve({ ...(answer ?? { problem: `Its driver ${how}.`, gflops: null }), printed });
    });
  });
}
