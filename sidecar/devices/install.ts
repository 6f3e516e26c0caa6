/** Fetches what a device lacks: ONNX Runtime's libraries for CUDA, from where its own package says they are. */
import { createHash } from 'node:crypto';
import { access, constants, mkdtemp, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { arch, platform } from 'node:process';
import { body, MirrorError } from '../data/known/download.ts';
import { libraryFolder } from '../engine/devices/troubles.ts';
import type { DeviceId } from '../terms/devices.ts';
import { UserError } from '../terms/errors.ts';
import { findPackage } from './package-feed.ts';
import { unzip } from './zip.ts';

export interface InstallOptions {
  /** Bytes; `total` is null where the server does not tell. */
  readonly onProgress?: (received: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** Where the libraries go; default: where ONNX Runtime looks for them. */
  readonly folder?: string;
  /** Default: what onnxruntime-node's own install script reads. */
  readonly metadata?: InstallMetadata;
  /** Default: this one, for example "linux/x64". */
  readonly system?: string;
}

/** As in onnxruntime-node's script/install-metadata.js. */
export interface InstallMetadata {
  readonly requirements: Readonly<Record<string, readonly string[]>>;
  readonly manifests: Readonly<
    Record<string, Readonly<Record<string, { readonly package: string; readonly path: string }>>>
  >;
  readonly packages: Readonly<
    Record<
      string,
      { readonly name: string; readonly versions: readonly { readonly feed: string; readonly version: string }[] }
    >
  >;
  readonly feeds: Readonly<Record<string, { readonly type: string; readonly index: string }>>;
}

function runtimeMetadata(): InstallMetadata {
  const root = path.resolve(libraryFolder(), '../../../..');
  return require(path.join(root, 'script', 'install-metadata.js')) as InstallMetadata;
}

interface Wanted {
  readonly name: string;
  readonly version: string;
  readonly feed: URL;
  /** File names in the folder, and their paths in the package. */
  readonly files: readonly (readonly [file: string, inPackage: string])[];
}

function wanted(id: DeviceId, metadata: InstallMetadata, system: string): Wanted {
  const requirement =
    id === 'cuda' ? metadata.requirements[system]?.find((name) => name.startsWith('cuda')) : undefined;
  if (requirement === undefined) {
    throw new UserError(
      'device/not-installable',
      `There is nothing to install for ${id} on ${system}. See gan devices.`,
    );
  }
  // TensorRT's library comes in the same package and needs TensorRT, which nothing here uses.
  const files = Object.entries(metadata.manifests[`${system}:${requirement}`] ?? {}).filter(
    ([file]) => !file.includes('tensorrt'),
  );
  const source = metadata.packages[files[0]?.[1].package ?? ''];
  const release = source?.versions[0];
  const feed = metadata.feeds[release?.feed ?? ''];
  if (source === undefined || release === undefined || feed?.type !== 'nuget') {
    throw new UserError(
      'device/not-installable',
      `onnxruntime-node does not say where its ${requirement} libraries are.`,
    );
  }
  return {
    name: source.name,
    version: release.version,
    feed: new URL(feed.index),
    files: files.map(([file, { path: inPackage }]) => [path.basename(file), inPackage]),
  };
}

/**
 * Installs what `id` lacks; returns what was installed where, as a sentence. Nothing is left behind
 * when it fails or is cancelled. @throws UserError "device/…"; the signal's reason if cancelled.
 */
export async function installDevice(id: DeviceId, options: InstallOptions = {}): Promise<string> {
  const { folder = libraryFolder(), system = `${platform}/${arch}`, signal } = options;
  const { name, version, feed, files } = wanted(id, options.metadata ?? runtimeMetadata(), system);
  // In the same folder, so that the libraries get to their places by renaming.
  let temporary: string;
  try {
    await access(folder, constants.W_OK);
    temporary = await mkdtemp(path.join(folder, '.install-'));
  } catch (error) {
    throw refusedByDisk(error, folder);
  }
  try {
    const archive = path.join(temporary, 'package.zip');
    await fetchPackage(archive, feed, name, version, options);
    const targets = new Map(files.map(([file, inPackage]) => [inPackage, path.join(temporary, file)]));
    const [missing] = await unzip(archive, targets, signal);
    if (missing !== undefined) throw new MirrorError(`${name} ${version} has no ${missing}`);
    signal?.throwIfAborted();
    for (const [file] of files) await rename(path.join(temporary, file), path.join(folder, file));
    return `Installed ${files.map(([file]) => file).join(' and ')} of ${name} ${version} in ${folder}.`;
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(error, name, feed, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function fetchPackage(
  archive: string,
  feed: URL,
  name: string,
  version: string,
  { signal, onProgress }: InstallOptions,
): Promise<void> {
  const { url, bytes, sha512 } = await findPackage(feed, name, version, signal);
  const digest = createHash('sha512');
  const output = await open(archive, 'wx');
  let received = 0;
  try {
    for await (const chunk of body(url, { signal })) {
      received += chunk.length;
      digest.update(chunk);
      await output.writeFile(chunk);
      onProgress?.(received, bytes);
    }
  } finally {
    await output.close();
  }
  if (bytes !== null && received !== bytes) throw new MirrorError(`sent ${received} of ${bytes} bytes`);
  if (digest.digest('base64') !== sha512) throw new MirrorError('sent a package with another SHA-512');
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Make the folder writable, or run the command as its owner',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

function refusedByDisk(error: unknown, folder: string): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new UserError('device/install-failed', `Cannot write to ${folder}: ${refusals[code] ?? code}.`, {
    cause: error,
  });
}

function explain(error: unknown, name: string, feed: URL, folder: string): unknown {
  if (error instanceof UserError) return error;
  if (error instanceof MirrorError) {
    return new UserError(
      'device/install-failed',
      `${name} could not be downloaded: ${feed.host}: ${error.message}. Check the network connection and try again.`,
      { cause: error },
    );
  }
  if (error instanceof Error && 'syscall' in error) return refusedByDisk(error, folder);
  const message = error instanceof Error ? error.message : String(error);
  return new UserError('device/install-failed', `${name} could not be unpacked: ${message.replace(/\.$/, '')}.`, {
    cause: error,
  });
}
