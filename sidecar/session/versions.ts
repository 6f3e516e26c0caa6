/** Versions of what computes the numbers, for run.json. */
import manifest from '../../package.json' with { type: 'json' };
import type { DeviceInfo } from '../engine/engine.ts';

export const programVersion = manifest.version;

export function versions({ engine }: DeviceInfo): Record<string, string> {
  const [name = engine, version = ''] = engine.split(' ');
  return {
    gan: manifest.version,
    node: process.versions.node,
    '@tensorflow/tfjs-core': manifest.dependencies['@tensorflow/tfjs-core'],
    [name]: version,
  };
}
