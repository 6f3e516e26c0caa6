import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KnownDataset, KnownFile } from '../../../sidecar/data/known/datasets.ts';
import { type DownloadOptions, download } from '../../../sidecar/data/known/download.ts';
import { downloadKnown } from '../../../sidecar/data/known/mnist.ts';
import { openIdx } from '../../../sidecar/data/openers/idx.ts';
import { dataConfig, idxImages, idxLabels, rejectsWith, temporaryFolder } from './fixtures.ts';

const known = (name: string, bytes: Uint8Array): KnownFile => ({
  name,
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

describe('Downloads', () => {
  const folder = temporaryFolder();
  const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i * 31) >> 3);
  const file = known('file.gz', content);
  const servers: Server[] = [];

  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/folder/`;
  };

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  const target = () => join(folder.path, 'cache', 'file.gz');
  const get = (mirrors: readonly string[], options: DownloadOptions = {}) =>
    download(file, mirrors, target(), { stallSeconds: 20, ...options });
  const leftovers = () => readdir(join(folder.path, 'cache')).catch(() => []);

  const good: RequestListener = (request, response) => {
    if (request.url === '/folder/file.gz') response.end(content);
    else response.writeHead(404).end();
  };

  it('put the right file in place and report progress', async () => {
    const seen: [number, number | null, string][] = [];
    const mirror = await serve(good);
    assert.equal(await get([mirror], { progress: (...news) => seen.push(news) }), null);
    assert.deepEqual(new Uint8Array(await readFile(target())), content);
    assert.deepEqual(await leftovers(), ['file.gz']);
    assert.deepEqual(seen.at(-1), [200_000, 200_000, 'Downloading file.gz']);
  });

  const failures: Readonly<Record<string, [RequestListener, string]>> = {
    'a file with a wrong digest': [(_, response) => response.end(new Uint8Array(200_000)), 'another SHA-256'],
    'a file that ends early': [(_, response) => response.end(content.subarray(0, 1000)), 'only 1000 of 200000 bytes'],
    'a file without end': [(_, response) => response.end(Buffer.concat([content, content])), 'more than 200000 bytes'],
    'status 404': [(_, response) => response.writeHead(404).end('no such file'), 'answered 404'],
    'a broken connection': [
      (_, response) => {
        response.writeHead(200, { 'content-length': '200000' });
        response.write(content.subarray(0, 5000), () => response.destroy());
      },
      '127.0.0.1',
    ],
  };

  for (const [what, [answer, message]] of Object.entries(failures)) {
    it(`leave nothing behind after ${what}`, async () => {
      const [failure = ''] = (await get([await serve(answer)])) ?? [];
      assert.ok(failure.includes(message), failure);
      assert.deepEqual(await leftovers(), []);
    });
  }

  it('give up a server that falls silent', async () => {
    const mirror = await serve((_, response) => {
      response.write(content.subarray(0, 5000));
    });
    const [failure = ''] = (await get([mirror], { stallSeconds: 0.1 })) ?? [];
    assert.ok(failure.includes('sent nothing for 0.1 s'), failure);
    assert.deepEqual(await leftovers(), []);
  });

  it('name a refused connection', async () => {
    const mirror = await serve(good);
    const server = servers.pop()!;
    server.close();
    await once(server, 'close');
    assert.ok((await get([mirror]))?.[0]?.includes('ECONNREFUSED'));
  });

  it('try the next mirror', async () => {
    const mirrors = [await serve((_, response) => response.writeHead(500).end()), await serve(good)];
    assert.equal(await get(mirrors), null);
    assert.deepEqual(await leftovers(), ['file.gz']);
  });

  it('stop when cancelled and leave nothing behind', async () => {
    const controller = new AbortController();
    const mirror = await serve((_, response) => {
      response.write(content.subarray(0, 100_000));
    });
    const work = get([mirror], {
      signal: controller.signal,
      progress: () => controller.abort(new Error('cancelled by the test')),
    });
    await assert.rejects(work, /cancelled by the test/);
    assert.deepEqual(await leftovers(), []);
  });

  describe('of a known dataset', () => {
    const contents: Readonly<Record<string, Uint8Array>> = {
      'train-images-idx3-ubyte.gz': gzipSync(idxImages(20, 8, 8)),
      'train-labels-idx1-ubyte.gz': gzipSync(idxLabels(Array.from({ length: 20 }, (_, i) => i % 2))),
      't10k-images-idx3-ubyte.gz': gzipSync(idxImages(5, 8, 8)),
      't10k-labels-idx1-ubyte.gz': gzipSync(idxLabels([0, 1, 0, 1, 0])),
    };
    const dataset = (mirrors: readonly string[]): KnownDataset => {
      const [trainImages, trainLabels, testImages, testLabels] = Object.entries(contents).map(([name, bytes]) =>
        known(name, bytes),
      );
      return {
        name: 'toy',
        title: 'Toy',
        size: 20,
        imageSize: 8,
        classNames: ['even', 'odd'],
        files: {
          trainImages: trainImages!,
          trainLabels: trainLabels!,
          testImages: testImages!,
          testLabels: testLabels!,
        },
        mirrors,
      };
    };

    it('fetch what is missing, once', async () => {
      const asked: string[] = [];
      const mirror = await serve((request, response) => {
        const name = request.url!.replace('/folder/', '');
        asked.push(name);
        response.end(contents[name]);
      });
      const files = await downloadKnown(dataset([mirror]), {});
      assert.deepEqual(asked, Object.keys(contents));
      assert.deepEqual(await downloadKnown(dataset([mirror]), {}), files);
      assert.equal(asked.length, 4);
      const opened = await openIdx(files, dataConfig({ source: 'mnist' }), { memoryLimit: 2 ** 20, inputs: false });
      assert.deepEqual(opened.info.classNames, ['even', 'odd']);
    });

    it('say offline where to put which files', async () => {
      const mirror = await serve(good);
      const server = servers.pop()!;
      server.close();
      await once(server, 'close');
      await rejectsWith(
        'data/download',
        downloadKnown(dataset([mirror]), {}),
        'ECONNREFUSED',
        ...Object.keys(contents),
        join(folder.path, 'cache', 'toy'),
      );
    });
  });
});
