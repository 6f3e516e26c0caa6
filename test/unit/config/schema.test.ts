import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { architectureDefaults } from '../../../sidecar/config/defaults.ts';
import { diagnose, readConfig } from '../../../sidecar/config/diagnose.ts';
import { architectureNames, architectures } from '../../../sidecar/models/index.ts';
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

/** A snippet as it stands after every tab stop is left as it is. */
const filledIn = (text: string) =>
  text
    .replace(/"\^\$\{\d+\|([^,|]+)[^}]*\}"/g, '$1')
    .replace(/"\^\$\{\d+:([^}]*)\}"/g, '$1')
    .replace(/\$\{\d+\|([^,|]+)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1');

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

  it('quotes the defaults of every architecture, the commonest first', () => {
    const text = new Map(keys(schema)).get('optimizer.generator.learningRate')?.markdownDescription ?? '';
    const rates = Object.values(architectureDefaults).map(({ optimizer }) => optimizer.generator.learningRate);
    const count = (rate: number) => rates.filter((each) => each === rate).length;
    const [first, ...others] = [...new Set(rates)].sort((a, b) => count(b) - count(a));
    assert.ok(text.includes(`**Default:** \`${first}\`, but `), text);
    for (const rate of others) assert.match(text, new RegExp(`\`${rate}\` for [a-z]`));
  });

  it('says which architectures use a key that few do', () => {
    const text = (name: string) => new Map(keys(schema)).get(name)?.markdownDescription ?? '';
    assert.match(text('model.levels'), /\*\*Only:\*\* pixelcnn, mlp-autoregressive$/);
    assert.match(text('objective.content'), /\*\*Only:\*\* super-resolution, image-to-image$/);
    assert.doesNotMatch(text('model.pac'), /\*\*Only:/);
  });

  it('offers every architecture and every loss that has defaults', () => {
    const values = (name: string) => new Map(keys(schema)).get(name)?.enum;
    assert.deepEqual(values('model.architecture'), Object.keys(architectureDefaults));
    const losses = Object.values(architectureDefaults).map(({ objective }) => objective.loss);
    for (const loss of losses) assert.ok(values('objective.loss')?.includes(loss), loss);
  });

  for (const [name, part] of keys(schema)) {
    for (const { label, body } of part.defaultSnippets ?? []) {
      it(`accepts the snippet "${label}" of ${name}`, () => {
        const group = filledIn(JSON.stringify(body));
        const path = name.split('.');
        const config = path.reduceRight((inner, key) => `{"${key}": ${inner}}`, group);
        const problems = readConfig(config).problems.filter(({ code }) => code !== 'config/missing-key');
        assert.deepEqual(problems, []);
      });
    }
  }
});

describe('VS Code’s JSON engine with the schema', () => {
  const engine = jsonEngine();
  const start = '{"model": {"architecture": "dcgan"}, "data": {"source": "digits"}';

  it('offers whole configs in an empty file, each of which is sound', async () => {
    const items = await engine.complete('|');
    const configs = items.filter(({ label }) => / on /.test(label));
    const wanted = architectureNames.flatMap((name) => architectures[name].about.snippets.config);
    assert.deepEqual(configs.map(({ label }) => label).sort(), wanted.map(({ label }) => label).sort());
    for (const { label, textEdit } of configs) {
      const text = filledIn(textEdit?.newText ?? '');
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
        .filter((label) => !label.includes(' on '))
        .sort(),
      ['$schema', 'augmentation', 'device', 'deviceFallback', 'monitor', 'name', 'objective', 'optimizer', 'training'],
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
    assert.match(
      text,
      /\*\*Default:\*\* `100`, but .* for resnet, .* · \*\*Range:\*\* from 1 to 4096 · \*\*Unit:\*\* numbers/,
    );
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
    'a word in a list': `${start}, "augmentation": {"operations": ["cutout", "blur"]}}`,
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
