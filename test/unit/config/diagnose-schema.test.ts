import { type Case, chapter, checkCases, configBesideData, digits } from './diagnose-cases.ts';

const cases: readonly Case[] = [
  { what: 'nothing at all', text: '«»', code: 'json/empty' },
  { what: 'a comment only', text: '«/»/ later', code: 'json/empty' },
  { what: 'a stray comma', text: '«,»', code: 'json/syntax' },
  { what: 'a missing comma', text: `{${chapter} «"data"»: {"source": "digits"}}`, code: 'json/syntax' },
  { what: 'text that ends early', text: `{${chapter}, ${digits}«»`, code: 'json/syntax' },
  { what: 'text after the end', text: `{${chapter}, ${digits}} «,»`, code: 'json/syntax' },
  {
    what: 'a key that comes twice',
    text: `{«"device"»: "cpu", "device": "auto", ${chapter}, ${digits}}`,
    code: 'json/duplicate-key',
    severity: 'warning',
  },
  { what: 'a list', text: '«[»]', code: 'config/type' },
  { what: 'no groups', text: '«{»}', code: 'config/missing-key' },
  { what: 'a group without its needed key', text: `{«"model"»: {}, ${digits}}`, code: 'config/missing-key' },
  {
    what: 'a mistyped key',
    text: `{"model": {"architecture": "dcgan", «"latentsiz"»: 64}, ${digits}}`,
    code: 'config/unknown-key',
    fixed: `{"model": {"architecture": "dcgan", "latentSize": 64}, ${digits}}`,
  },
  {
    what: 'a key in another style',
    text: `{${chapter}, ${digits}, "training": {«"batch_size"»: 64}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "training": {"batchSize": 64}}`,
  },
  {
    what: 'a key in the wrong group',
    text: `{${chapter}, ${digits}, "training": {"steps": 9}, "monitor": {"logEvery": 5, «"seed"»: 1}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "training": {"steps": 9, "seed": 1}, "monitor": {"logEvery": 5}}`,
  },
  { what: 'a key that is like no other', text: `{${chapter}, ${digits}, «"weather"»: 1}`, code: 'config/unknown-key' },
  { what: 'a key named __proto__', text: `{${chapter}, ${digits}, «"__proto__"»: {}}`, code: 'config/unknown-key' },
  {
    what: 'a mistyped word',
    text: `{"model": {"architecture": «"DC-GAN"»}, ${digits}}`,
    code: 'config/value',
    fixed: `{"model": {"architecture": "dcgan"}, ${digits}}`,
  },
  {
    what: 'a word that is none of the list',
    text: `{${chapter}, ${digits}, "device": «"abacus"»}`,
    code: 'config/value',
  },
  { what: 'a number where a word belongs', text: `{${chapter}, ${digits}, "device": «7»}`, code: 'config/value' },
  {
    what: 'a number that is none of the list',
    text: `{${chapter}, "data": {"source": "digits", "channels": «2»}}`,
    code: 'config/value',
  },
  {
    what: 'text where a number belongs',
    text: `{${chapter}, ${digits}, "training": {"steps": «"10"»}}`,
    code: 'config/type',
  },
  { what: 'a fraction of a step', text: `{${chapter}, ${digits}, "training": {"steps": «1.5»}}`, code: 'config/type' },
  {
    what: 'a number beyond numbers',
    text: `{${chapter}, ${digits}, "training": {"seed": «1e999»}}`,
    code: 'config/type',
  },
  { what: 'a number too small', text: `{${chapter}, ${digits}, "training": {"batchSize": «0»}}`, code: 'config/range' },
  { what: 'a number too large', text: `{${chapter}, ${digits}, "monitor": {"gridSize": «17»}}`, code: 'config/range' },
  {
    what: 'a learning rate of nothing',
    text: `{${chapter}, ${digits}, "optimizer": {"generator": {"learningRate": «0»}}}`,
    code: 'config/range',
  },
  {
    what: 'a decay of one',
    text: `{${chapter}, ${digits}, "optimizer": {"generator": {"beta1": «1»}}}`,
    code: 'config/range',
  },
  {
    what: 'a mistyped word in a list',
    text: `{${chapter}, ${digits}, "augmentation": {"operations": ["cutout", «"colour"»]}}`,
    code: 'config/value',
    fixed: `{${chapter}, ${digits}, "augmentation": {"operations": ["cutout", "color"]}}`,
  },
  {
    what: 'a word where a list belongs',
    text: `{${chapter}, ${digits}, "augmentation": {"operations": «"cutout"»}}`,
    code: 'config/type',
  },
  {
    what: 'a word twice in a list',
    text: `{${chapter}, ${digits}, "augmentation": {«"operations"»: ["cutout", "cutout"]}}`,
    code: 'config/value',
  },
  {
    what: 'a mistyped key deep inside',
    text: `{${chapter}, ${digits}, "objective": {"penalties": {«"R1"»: 1}}}`,
    code: 'config/unknown-key',
    fixed: `{${chapter}, ${digits}, "objective": {"penalties": {"r1": 1}}}`,
  },
  { what: 'a name that is no folder name', text: `{"name": «"a/b"», ${chapter}, ${digits}}`, code: 'config/value' },
  {
    what: 'a path of no letters',
    text: `{${chapter}, "data": {"source": "folder", "path": «""»}}`,
    code: 'config/value',
  },
];

describe('diagnose, of what the schema says,', () => checkCases('schema', cases, configBesideData()));
