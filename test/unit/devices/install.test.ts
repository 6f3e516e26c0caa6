import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type InstallMetadata, installDevice } from '../../../sidecar/devices/install.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { needs, posix, withoutRoot } from '../conditions.ts';

/** A ZIP archive with its second file deflated and the others stored. */
function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [at, [name, data]] of Object.entries(files).entries()) {
    const method = at === 1 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const sizes = (record: Buffer, start: number) => {
      record.writeUInt16LE(method, start);
      record.writeUInt32LE(packed.length, start + 10);
      record.writeUInt32LE(data.length, start + 14);
      record.writeUInt16LE(name.length, start + 18);
    };
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    sizes(header, 8);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    sizes(entry, 10);
    entry.writeUInt32LE(offset, 42);
    parts.push(header, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const cuda = Buffer.alloc(300_000, 'the provider ');
const shared = Buffer.from('what providers share');
const archive = zip({ 'native/shared.so': shared, 'native/cuda.so': cuda, 'native/tensorrt.so': Buffer.from('no') });
const sha512 = (data: Buffer) => createHash('sha512').update(data).digest('base64');

describe('installing what a device lacks', () => {
  let server: Server;
  let feed: string;
  let folder: string;
  /** What the server answers, by path. */
  let answers: Record<string, Buffer | object>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gan-install-'));
    server = createServer(({ url = '' }, response) => {
      const answer = answers[url];
      if (answer === undefined) response.writeHead(404).end();
      else response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    feed = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answers = {
      '/index.json': {
        resources: [
          { '@id': `${feed}/content/`, '@type': 'PackageBaseAddress/3.0.0' },
          { '@id': `${feed}/registration`, '@type': 'RegistrationsBaseUrl/3.6.0' },
        ],
      },
      '/registration/gpu.linux/1.30.0.json': { catalogEntry: `${feed}/catalog/entry.json` },
      '/catalog/entry.json': {
        packageHash: sha512(archive),
        packageHashAlgorithm: 'SHA512',
        packageSize: archive.length,
      },
      '/content/gpu.linux/1.30.0/gpu.linux.1.30.0.nupkg': archive,
    };
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const metadata = (): InstallMetadata => {
    const from = (name: string) => ({ package: 'gpu', path: `native/${name}` });
    return {
      requirements: { 'linux/x64': ['cuda12'] },
      manifests: {
        'linux/x64:cuda12': {
          './shared.so': from('shared.so'),
          './cuda.so': from('cuda.so'),
          './tensorrt.so': from('tensorrt.so'),
        },
      },
      packages: { gpu: { name: 'Gpu.Linux', versions: [{ feed: 'here', version: '1.30.0' }] } },
      feeds: { here: { type: 'nuget', index: `${feed}/index.json` } },
    };
  };
  const install = (more: Parameters<typeof installDevice>[1] = {}) =>
    installDevice('cuda', { folder, metadata: metadata(), system: 'linux/x64', ...more });
  const refused = (pattern: RegExp) => (error: unknown) => error instanceof UserError && pattern.test(error.message);

  it('fetches, checks and places the libraries, and says what is where', async () => {
    const seen: [number, number | null][] = [];
    const said = await install({ onProgress: (received, total) => seen.push([received, total]) });
    assert.equal(said, `Installed shared.so and cuda.so of Gpu.Linux 1.30.0 in ${folder}.`);
    assert.deepEqual((await readdir(folder)).sort(), ['cuda.so', 'shared.so']);
    assert.deepEqual(await readFile(path.join(folder, 'cuda.so')), cuda);
    assert.deepEqual(await readFile(path.join(folder, 'shared.so')), shared);
    assert.deepEqual(seen.at(-1), [archive.length, archive.length]);
  });

  it('keeps nothing of a package with another digest', async () => {
    answers['/catalog/entry.json'] = { packageHash: sha512(shared), packageSize: archive.length };
    await assert.rejects(
      install(),
      refused(/Gpu\.Linux could not be downloaded: 127\.0\.0\.1:\d+: sent a package with another SHA-512/),
    );
    assert.deepEqual(await readdir(folder), []);
  });

  it('keeps nothing when cancelled in the middle', async () => {
    const cancel = new AbortController();
    await assert.rejects(
      install({ signal: cancel.signal, onProgress: () => cancel.abort() }),
      (error) => error instanceof Error && error.name === 'AbortError',
    );
    assert.deepEqual(await readdir(folder), []);
  });

  it('says what a feed lacks', async () => {
    answers['/catalog/entry.json'] = {};
    await assert.rejects(install(), refused(/gives no SHA-512 of Gpu\.Linux 1\.30\.0/));
    delete answers['/registration/gpu.linux/1.30.0.json'];
    await assert.rejects(install(), refused(/answered 404/));
  });

  it('says what a damaged package lacks', async () => {
    const cut = archive.subarray(0, archive.length - 30);
    answers['/content/gpu.linux/1.30.0/gpu.linux.1.30.0.nupkg'] = cut;
    answers['/catalog/entry.json'] = { packageHash: sha512(cut) };
    await assert.rejects(install(), refused(/could not be unpacked: .*Either not a zip file, or file is truncated\.$/));
    assert.deepEqual(await readdir(folder), []);
  });

  it('says that a folder cannot be written', async function () {
    needs(this, posix, 'permissions as POSIX has them');
    await chmod(folder, 0o500);
    await withoutRoot(() => assert.rejects(install(), refused(/^Cannot write to .*: permission denied/)));
    await chmod(folder, 0o700);
  });

  it('has nothing for other devices and systems', async () => {
    await assert.rejects(installDevice('webgpu'), refused(/^There is nothing to install for webgpu on /));
    await assert.rejects(install({ system: 'darwin/arm64' }), refused(/nothing to install for cuda on darwin\/arm64/));
  });

  it('finds its way through the metadata of the onnxruntime-node that is here', async () => {
    // Cancelled at the first byte: the real package is hundreds of megabytes.
    const cancel = new AbortController();
    cancel.abort();
    await assert.rejects(installDevice('cuda', { folder, system: 'linux/x64', signal: cancel.signal }), {
      name: 'AbortError',
    });
  });
});
