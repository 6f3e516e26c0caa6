import assert from 'node:assert/strict';
import { applyEdits } from 'jsonc-parser';
import { diagnose } from '../../../sidecar/config/diagnose.ts';
import { formatDiagnostic } from '../../../sidecar/config/format-diagnostics.ts';
import { chapter, configBesideData, digits } from './diagnose-cases.ts';

describe('diagnose', () => {
  const file = configBesideData();

  const sound = {
    'the least there is': `{${chapter}, ${digits}}`,
    'comments and trailing commas': `// why\n{${chapter}, /* and */ ${digits}, "training": {"steps": 5,},}`,
    'images of a folder': `{${chapter}, "data": {"source": "folder", "path": "./images/"}, "training": {"batchSize": 2}}`,
    'a GPU that falls back to the CPU': `{${chapter}, ${digits}, "device": "webgpu", "deviceFallback": "cpu"}`,
    'labelled IDX files':
      '{"model": {"architecture": "chapter-deep"}, "data": {"source": "idx", "path": "images.idx", "labels": "labels.idx"}}',
  };
  for (const [what, text] of Object.entries(sound)) {
    it(`says nothing of ${what}`, async () => assert.deepEqual(await diagnose(text, file), []));
  }

  it('reports independent mistakes together, in the order of the text', async () => {
    const text = `{\n  "model": {"architecture": "dcgan", "latentSize": -1},\n  "data": {"source": "folder", "path": "gone"},\n  "divice": "cpu"\n}`;
    const found = await diagnose(text, file);
    assert.deepEqual(
      found.map((diagnostic) => formatDiagnostic('f', diagnostic).split(' ').slice(0, 3).join(' ')),
      ['f:2:52 error config/range', 'f:3:40 error data/missing', 'f:4:3 error config/unknown-key'],
    );
  });

  it('goes on checking the meaning of what is sound in broken text', async () => {
    const found = await diagnose(
      `{${chapter}, "data": {"source": "folder", "path": "gone"}, "training": {"steps": }}`,
      file,
    );
    assert.deepEqual(
      found.map(({ code }) => code),
      ['data/missing', 'json/syntax'],
    );
  });

  it('refuses text that no config has: too deep, too large', async () => {
    const deep = await diagnose('{"a":'.repeat(200_000), file);
    assert.deepEqual(
      deep.map(({ code, offset }) => [code, offset]),
      [['json/too-deep', 500]],
    );
    const large = await diagnose(`${' '.repeat(2_000_000)}{}`, file);
    assert.deepEqual(
      large.map(({ code }) => code),
      ['json/too-large'],
    );
  });

  it('keeps comments and layout when it fixes', async () => {
    const text =
      '{\n\t// the networks\n\t"model": {\n\t\t"architecture": "chapter-deep",\n\t\t"baseChannels": 64 // wide\n\t},\n\t"data": {"source": "digits"}\n}\n';
    const [found] = await diagnose(text, file);
    const edits = found!.fix!.edits.map(({ text: content, ...place }) => ({ ...place, content }));
    const fixed = applyEdits(text, edits);
    assert.match(fixed, /\t\/\/ the networks\n\t"model": \{\n\t\t"architecture": "chapter-deep"/);
    assert.deepEqual(await diagnose(fixed, file), []);
  });
});
