/** Mistakes in configs, each with the diagnostic and the fixes that it must get. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { applyEdits } from 'jsonc-parser';
import { type Diagnostic, diagnose } from '../../../sidecar/config/diagnose.ts';
import { idx, idxLabels, pngHeader, tempFolder } from './temp-folder.ts';

export interface Case {
  readonly what: string;
  /** The place of the diagnostic stands between « and ». */
  readonly text: string;
  readonly code: string;
  readonly severity?: Diagnostic['severity'];
  /** Text after the one right fix. */
  readonly fixed?: string;
  /** Texts after each choice. */
  readonly choices?: readonly string[];
}

export const digits = '"data": {"source": "digits"}';
export const chapter = '"model": {"architecture": "chapter-mlp-conv"}';

/** A config file beside images, arrays and labels, which is there while the surrounding tests run. */
export function configBesideData(): string {
  const folder = tempFolder();

  before(() => {
    for (const name of ['images/a.png', 'images/b.png', 'images/c.png', 'mixed/a.png']) {
      folder.write(name, pngHeader(28, 28));
    }
    folder.write('mixed/b.png', pngHeader(40, 30));
    folder.write('large/a.png', pngHeader(100, 100));
    folder.write('images.idx', idx(200, 28, 28));
    folder.write('labels.idx', idxLabels(200));
    folder.write('few-labels.idx', idxLabels(20));
    folder.write('one-class.idx', idx(200));
    folder.write('notes.txt', 'These are notes, not images.');
  });
  after(() => folder.remove());
  return join(folder.path, 'gan.config.json');
}

/** One test a case. @param file where the configs would stand. */
export function checkCases(layer: Diagnostic['layer'], cases: readonly Case[], file: string): void {
  for (const test of cases) {
    it(`says ${test.code} of ${test.what}`, async () => {
      const offset = test.text.indexOf('«');
      const length = test.text.indexOf('»') - offset - 1;
      const text = test.text.replace(/[«»]/g, '');
      const all = await diagnose(text, file);
      const found = all.find(({ code }) => code === test.code);
      assert.ok(found, `found ${JSON.stringify(all)}`);
      const expected = { offset, length, layer, severity: test.severity ?? 'error', line: 1, column: offset + 1 };
      const { offset: foundOffset, length: foundLength, layer: foundLayer, severity, line, column } = found;
      assert.deepEqual(
        { offset: foundOffset, length: foundLength, layer: foundLayer, severity, line, column },
        expected,
      );
      assert.doesNotMatch(found.message, /\n/);

      const edited = (fix: NonNullable<Diagnostic['fix']>) =>
        applyEdits(
          text,
          fix.edits.map(({ text: content, ...place }) => ({ ...place, content })),
        );
      assert.equal(found.fix && edited(found.fix), test.fixed);
      assert.deepEqual(found.choices?.map(edited), test.choices);
      for (const fix of [...(found.fix ? [found.fix] : []), ...(found.choices ?? [])]) {
        const rest = await diagnose(edited(fix), file);
        assert.ok(!rest.some(({ code }) => code === test.code), `${fix.title} leaves ${test.code}`);
      }
    });
  }
}
