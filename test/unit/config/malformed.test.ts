import assert from 'node:assert/strict';
import { join } from 'node:path';
import { diagnose, positionAt } from '../../../sidecar/config/diagnose.ts';
import { loadConfig } from '../../../sidecar/config/load.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';
import { jsonEngine } from './json-engine.ts';
import { malformedConfigs } from './malformed-configs.ts';
import { ConfigServer } from './server-process.ts';
import { tempFolder } from './temp-folder.ts';

describe('200 malformed configs', () => {
  const folder = tempFolder();
  const file = join(folder.path, 'gan.config.json');
  const configs = malformedConfigs(200);
  after(() => folder.remove());

  it('are 200 different ones', () => assert.equal(new Set(configs).size, 200));

  it('each get a diagnostic with a position', async () => {
    for (const text of configs) {
      const found = await diagnose(text, file);
      assert.ok(found.length > 0, `nothing said of ${text.slice(0, 500)}`);
      for (const { offset, length, line, column, message, code } of found) {
        assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length, `${code} at ${offset}+${length}`);
        assert.deepEqual({ line, column }, positionAt(text, offset));
        assert.match(code, /^[a-z]+\/[a-z-]+$/);
        assert.ok(message.length > 0 && message.length < 500 && !/[\r\n]/.test(message), message);
      }
    }
  });

  it('are wrong by the schema for us exactly when they are for VS Code’s JSON engine', async () => {
    const engine = jsonEngine();
    for (const text of configs.filter(({ length }) => length < 2000)) {
      const ours = (await diagnose(text, file)).filter(
        ({ layer, code }) => layer === 'schema' && code !== 'json/empty',
      );
      const theirs = await engine.validate(text);
      assert.equal(ours.length > 0, theirs.length > 0, text);
    }
  });

  it('load with a one-line message an error, or not at all wrong', async () => {
    for (const text of configs) {
      const errors = (await diagnose(text, file)).filter(({ severity }) => severity === 'error');
      const loading = loadConfig(folder.write('gan.config.json', text));
      if (errors.length === 0) await loading;
      else await assert.rejects(loading, (error) => error instanceof UserError && error.code === 'config/invalid');
    }
  });

  it('leave the language server answering', async () => {
    const server = await ConfigServer.start(folder.path);
    try {
      for (const [i, text] of configs.entries()) {
        const cursor = (i * 7919) % (text.length + 1);
        const marked = `${text.slice(0, cursor).replaceAll('|', ' ')}|${text.slice(cursor).replaceAll('|', ' ')}`;
        await server.hover(file, marked);
        await server.complete(file, marked);
        for (const diagnostic of await server.diagnostics()) await server.fixes(diagnostic);
      }
      await server.show(file, '{"model": {"architecture": "dcgan"}, "data": {"source": "idx"}}');
      assert.deepEqual(
        (await server.diagnostics()).map(({ code }) => code),
        ['data/no-path'],
      );
      assert.ok(server.isAlive);
      assert.deepEqual(server.errors, []);
    } finally {
      await server.stop();
    }
  });
});
