import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { presets } from '../../../sidecar/config/presets.ts';
import { jsonEngine } from './json-engine.ts';

interface Part {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly unknown[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: boolean;
  readonly defaultSnippets?: readonly { label: string; body: unknown }[];
}

const schema: Part = JSON.parse(readFileSync('schemas/gan.schema.json', 'utf8'));

const keys = (part: Part, path: string[] = []): [string, Part][] =>
  Object.entries(part.properties ?? {}).flatMap(([name, child]) => [
    [[...path, name].join('.'), child] as [string, Part],
    ...keys(child, [...path, name]),
  ]);

describe('config schema', () => {
  it('is generated from the source as it stands', () => {
    execFileSync(process.execPath, ['sidecar/config/generate-schema.ts', '--check'], { stdio: 'pipe' });
  });

  for (const [name, part] of keys(schema)) {
    it(`describes ${name}`, () => {
      assert.match(part.title ?? '', /^[A-Z]/);
      assert.match(part.description ?? '', /^[A-Z].+\.$/);
      assert.ok(part.markdownDescription?.startsWith(part.description ?? '?'));
      if (part.type === 'object') {
        assert.equal(part.additionalProperties, false);
        assert.ok((part.defaultSnippets ?? []).length > 0);
      } else if (!['$schema', 'model.architecture', 'data.source'].includes(name)) {
        assert.match(part.markdownDescription ?? '', /\*\*Default:\*\*/);
      }
      if (part.type === 'integer' || part.type === 'number') {
        assert.match(part.markdownDescription ?? '', part.enum ? /./ : /\*\*Range:\*\* (from|above) /);
      }
      if (part.enum) {
        assert.equal(part.markdownEnumDescriptions?.length, part.enum.length);
        for (const text of part.markdownEnumDescriptions ?? []) assert.match(text, /^[A-Z].+\.$/s);
      }
    });
  }

  it('quotes the presets’ numbers', () => {
    const text = new Map(keys(schema)).get('optimizer.generator.learningRate')?.markdownDescription ?? '';
    assert.match(text, new RegExp(`\`${presets.dcgan.optimizer.learningRate}\` \\(dcgan\\)`));
  });
});

describe('VS Code’s JSON engine with the schema', () => {
  const engine = jsonEngine();
  const start = '{"model": {"architecture": "dcgan"}, "data": {"source": "digits"}';

  it('offers whole configs in an empty file, each of which is sound', async () => {
    const items = await engine.complete('|');
    const configs = items.filter(({ label }) => / on /.test(label));
    assert.deepEqual(configs.map(({ label }) => label).sort(), [
      'Conditional GAN on MNIST',
      'GAN on MNIST',
      'GAN on a folder of images',
      'GAN on drawn digits',
    ]);
    for (const { label, textEdit } of configs) {
      const text = (textEdit?.newText ?? '')
        .replace(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
        .replace(/\$\{\d+:([^}]*)\}/g, '$1');
      const found = await diagnose(text, '/nowhere/gan.config.json');
      assert.deepEqual(
        found.filter(({ code }) => code !== 'data/missing'),
        [],
        `${label}: ${text}`,
      );
      assert.deepEqual(await engine.validate(text), []);
    }
  });

  it('offers the keys that are not there yet, groups with their content', async () => {
    const items = await engine.complete(`${start}, |}`);
    assert.deepEqual(
      items
        .map(({ label }) => label)
        .filter((label) => !label.startsWith('GAN') && !label.startsWith('Cond'))
        .sort(),
      ['$schema', 'device', 'deviceFallback', 'monitor', 'name', 'objective', 'optimizer', 'training'],
    );
    assert.match(items.find(({ label }) => label === 'monitor')?.textEdit?.newText ?? '', /logEvery.*sampleEvery/s);
  });

  it('offers the words of a list with their meaning', async () => {
    const items = await engine.complete('{"model": {"architecture": |}}');
    const dcgan = items.find(({ label }) => label === '"dcgan"');
    assert.match(JSON.stringify(dcgan?.documentation), /Radford/);
  });

  it('explains a key on hover: meaning, source, default, range, unit', async () => {
    const text = await engine.hover('{"model": {"architecture": "dcgan", "latent|Size": 100}}');
    assert.match(text, /Latent size/);
    assert.match(text, /random vector/);
    assert.match(text, /arxiv\.org\/abs\/1406\.2661/);
    assert.match(text, /\*\*Default:\*\* `100` · \*\*Range:\*\* from 1 to 4096 · \*\*Unit:\*\* numbers/);
  });

  it('accepts comments and trailing commas', async () => {
    assert.deepEqual(await engine.validate(`// a\n${start}, "training": {"steps": 5,},}`), []);
  });

  const wrong = {
    'an unknown key': `${start}, "divice": "cpu"}`,
    'a missing group': '{"model": {"architecture": "dcgan"}}',
    'a wrong word': `${start}, "device": "abacus"}`,
    'a wrong type': `${start}, "training": {"steps": "9"}}`,
    'a number out of range': `${start}, "training": {"steps": 0}}`,
    'a key that comes twice': `${start}, "device": "cpu", "device": "cpu"}`,
  };
  for (const [what, text] of Object.entries(wrong)) {
    it(`marks ${what} where the program does`, async () => {
      const [ours] = (await diagnose(text, '/nowhere/gan.config.json')).filter(({ layer }) => layer === 'schema');
      const starts = (await engine.validate(text)).map(({ range }) => range.start.character);
      assert.ok(starts.includes(ours?.offset ?? -1), `${ours?.code} at ${ours?.offset}, engine at ${starts}`);
    });
  }
});
