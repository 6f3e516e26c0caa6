/** Whatever a person may read can be translated. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { shownTexts } from './shown-texts.ts';

/** Calls whose texts go to the log, or to whoever reads a stack. */
const FOR_ENGINEERS = /^(?:\S*\.)?#?log\.\w+$|^(?:\S*\.)?logFailure$|^new Error$|\.log\.\w+$|^pagePeer$/;

/** Names, which are the same in every language, and what only a browser or its style sheets read. */
const NO_WORDS =
  /^(?:GAN|gan) \{\}$|^GAN Studio$|^Stacked MNIST$|^[a-z]+-src |^<!DOCTYPE html>|^\(prefers-|^color-mix\(|^\d+px /;

/** Names of style classes: small letters and dashes, and what is put in. */
const CLASSES = /^(?=.*-)[a-z{} -]+$|^(?:button|notice) \{\}$/;

const isTranslated = (calls: readonly string[]) => calls.some((name) => /^(?:(?:vscode\.)?l10n\.)?t$/.test(name));

const raw = (source: string): string[] =>
  shownTexts(source)
    .filter(({ calls }) => !isTranslated(calls) && !calls.some((name) => FOR_ENGINEERS.test(name)))
    .map(({ text }) => text)
    .filter((text) => !NO_WORDS.test(text) && !CLASSES.test(text));

describe('texts of the editor', () => {
  it('go through l10n.t', () => {
    // The language server has no window, and so no language: it speaks as the command line does.
    const files = globSync('extension/**/*.ts').filter((file) => !/config-language/.test(file));
    assert.ok(files.length > 30);
    const found = files.flatMap((file) => raw(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
    assert.deepEqual(found, []);
  });

  it('go through t in the pages', () => {
    const files = globSync('webview/**/*.ts');
    assert.ok(files.length > 20);
    const found = files.flatMap((file) => raw(readFileSync(file, 'utf8')).map((text) => `${file}: ${text}`));
    assert.deepEqual(found, []);
  });
});

describe('finding raw texts', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a message', "show('It failed.')", ['It failed.']],
    ['a message with values', `show(\`It failed at $\{f(\`a $\{x}\`)} again.\`)`, ['It failed at {} again.']],
    ['part of a message beside another', "say(l10n.t('One word.') + ' And more words.')", [' And more words.']],
    ['a label in an object', "const x = { label: 'Open the run' }", ['Open the run']],
    ['what a regular expression precedes', "/['\"(]/.test(a); show('It failed.')", ['It failed.']],
    ['nothing that is translated', "show(vscode.l10n.t('It failed: {0}', why({ of: 'the thing' })))", []],
    ['nothing that is logged', "log.info('It failed at last'); x.catch(logFailure(log, 'Doing a thing'))", []],
    ['no comment, key or path', "// It is so.\nread('gan.sidecar.nodePath', 'a/b c.txt') /* and so on */", []],
  ];
  for (const [what, source, expected] of cases) {
    it(`finds ${what}`, () => assert.deepEqual(raw(source), expected));
  }
});
