/** Which devices can run here, found by trying. */
import { availableParallelism } from 'node:os';
import { platform } from 'node:process';
import { catalog, type DeviceId, devicesOf } from '../../terms/devices.ts';
import type { DeviceStatus } from '../engine.ts';
import { DeviceUnavailableError } from '../errors/errors.ts';
import { loadTensorFlow, measureTensorFlow, tensorFlowProblem } from '../tensorflow/tensorflow.ts';
import { type Adapter, chosenAdapter, hostMemory, nvidiaGpus } from './adapters.ts';
import { probe } from './probe.ts';
import { knownTrouble, trouble } from './troubles.ts';

export interface ListOptions {
  /** Measures each device that runs, which takes some seconds. */
  readonly measure?: boolean;
  /** Threads of the CPU; default: as many as this process may use. */
  readonly threads?: number;
  /** Devices that are neither tried nor listed. */
  readonly without?: readonly DeviceId[];
}

/** Tries that are made or under way; what a machine has does not change while a process lives. */
const tries = new Map<string, Promise<DeviceStatus>>();

/** Tries `id`, once in a process for each of the options. Never rejects. */
export function tryDevice(id: DeviceId, options: ListOptions = {}): Promise<DeviceStatus> {
  const { measure = false, threads = availableParallelism() } = options;
  const key = (measured: boolean) => `${id} ${threads} ${measured}`;
  const known = tries.get(key(true)) ?? tries.get(key(measure));
  if (known !== undefined) return known;
  const made = id === 'tensorflow' ? tryTensorFlow(measure) : tryRuntime(id, threads, measure);
  tries.set(key(measure), made);
  return made;
}

async function tryRuntime(
  id: Exclude<DeviceId, 'tensorflow'>,
  threads: number,
  measure: boolean,
): Promise<DeviceStatus> {
  const { name, goodFor } = catalog[id];
  const nothing = { id, name, available: false, software: false, memory: null, goodFor, gflops: null } as const;
  const missing = await knownTrouble(id);
  if (missing !== null) return { ...nothing, ...missing };
  if (id === 'cpu') {
    const gflops = measure ? (await probe(id, threads, true)).gflops : null;
    return { ...nothing, name: cpuName(threads), available: true, memory: hostMemory(), gflops, installable: false };
  }
  const tried = await probe(id, threads, measure);
  if (tried.problem !== null) return { ...nothing, ...trouble(id, tried) };
  const adapter = await adapterOf(id, tried.printed);
  const software = adapter?.software ?? false;
  return {
    ...nothing,
    name: adapter === null ? name : `${adapter.name} (${catalog[id].by})`,
    available: true,
    software,
    memory: adapter?.memory ?? null,
    goodFor: software ? 'Tests: emulates a GPU on the CPU, slower than the device cpu.' : goodFor,
    gflops: tried.gflops,
    installable: false,
  };
}

async function adapterOf(id: DeviceId, printed: string): Promise<Adapter | null> {
  if (id === 'cuda') return (await nvidiaGpus())[0] ?? null;
  return chosenAdapter(printed);
}

async function tryTensorFlow(measure: boolean): Promise<DeviceStatus> {
  const { name, goodFor } = catalog.tensorflow;
  const facts = { id: 'tensorflow', name, software: false, memory: null, goodFor, gflops: null } as const;
  const problem = await tensorFlowProblem();
  if (problem !== null) {
    const { reason, remedy } = problem;
    return { ...facts, available: false, reason, remedy, installable: false };
  }
  const { name: loadedName } = await loadTensorFlow();
  const gflops = measure ? await measureTensorFlow() : null;
  return { ...facts, name: loadedName, gflops, available: true, installable: false };
}

const cpuName = (threads: number): string => `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;

/** Tries `id`. @throws DeviceUnavailableError unless it runs here. */
export async function requireDevice(id: DeviceId, threads: number): Promise<DeviceStatus> {
  const status = await tryDevice(id, { threads });
  if (status.available) return status;
  throw new DeviceUnavailableError(id, status.reason ?? '', status.remedy ?? '');
}

/**
 * Every device that there can be on this system, each with why it cannot run here where it cannot.
 * Trying takes a second or two at the first time, since each is started.
 */
export async function listDevices(options: ListOptions = {}): Promise<DeviceStatus[]> {
  const ids = devicesOf(platform).filter((id) => options.without?.includes(id) !== true);
  const tried = await Promise.all(ids.map((id) => tryDevice(id, { ...options, measure: false })));
  if (options.measure !== true) return tried;
  const measured: DeviceStatus[] = [];
  // One after the other: together they would slow each other.
  for (const status of tried) measured.push(status.available ? await tryDevice(status.id, options) : status);
  return measured;
}
