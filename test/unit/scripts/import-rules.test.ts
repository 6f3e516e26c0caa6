import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkImports } from '../../imports/import-rules.ts';
import { sourceImports } from '../../imports/source-imports.ts';

describe('import rules', () => {
  let root: string;

  const violations = (files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return checkImports(root);
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'gan-imports-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('accepts what each layer may import', () => {
    const files = {
      'webview/main.ts':
        "import uPlot from 'uplot';\nimport type { RunState } from '../sidecar/terms/run-record.ts';\n",
      'extension/extension.ts':
        "import * as vscode from 'vscode';\nimport { x } from '../sidecar/runs/reader.ts';\nimport type { ToPanel } from '../webview/messages.ts';\n",
      'extension/config-language/server.ts': "import { inspectData } from '../../sidecar/data/inspect.ts';\n",
      'sidecar/runs/reader.ts': "import type { Engine } from '../engine/engine.ts';\n",
      'sidecar/engine/engine.ts': "import * as tf from '@tensorflow/tfjs-core';\n",
      'sidecar/models/options.ts': "import type { ModelOptions } from '../keys/options.ts';\n",
    };
    assert.deepEqual(violations(files), []);
  });

  const forbidden: [file: string, source: string][] = [
    ['webview/main.ts', "import { RunReader } from '../sidecar/runs/reader.ts';"],
    ['webview/main.ts', "import type { Config } from '../sidecar/config/schema.ts';"],
    ['extension/panel.ts', "import { columns } from '../webview/messages.ts';"],
    ['extension/train.ts', "import { train } from '../sidecar/training/train.ts';"],
    ['extension/train.ts', "import { describeModel } from '../sidecar/models/describe.ts';"],
    ['extension/train.ts', "const tf = await import('@tensorflow/tfjs-core');"],
    ['sidecar/rpc/peer.ts', "import { createMessageConnection } from 'vscode-jsonrpc/node';"],
    ['sidecar/rpc/peer.ts', "import { UserError } from '../terms/errors.ts';"],
    ['sidecar/cli.ts', "import * as vscode from 'vscode';"],
    ['sidecar/cli.ts', "export { commands } from '../extension/commands.ts';"],
    ['sidecar/engine/onnx.ts', "import { codes } from '../rpc/peer.ts';"],
    ['sidecar/terms/pace.ts', "import type { Engine } from '../engine/engine.ts';"],
    ['sidecar/devices/choose.ts', "import { runTraining } from '../session/run-training.ts';"],
    ['sidecar/models/dcgan/network.ts', "import * as tf from '@tensorflow/tfjs-core';"],
    ['sidecar/models/dcgan/network.ts', "import { ConfigSchema } from '../../config/schema.ts';"],
  ];
  for (const [file, source] of forbidden) {
    it(`refuses in ${file}: ${source}`, () => {
      const found = violations({ [file]: `/** Head. */\n${source}\n` });
      assert.equal(found.length, 1);
      assert.match(found[0] as string, new RegExp(`^${file}:2: import of `));
    });
  }

  it('follows imports from the extension to what computes', () => {
    const found = violations({
      'extension/runs.ts': "import { open } from '../sidecar/runs/reader.ts';",
      'sidecar/runs/reader.ts': "import sharp from 'sharp';",
    });
    assert.equal(found.length, 1);
    assert.match(found[0] as string, /^sidecar\/runs\/reader.ts:1: import of 'sharp' \(by way of extension\/runs.ts/);
  });

  it('lets imports go downwards only, types included, and not between rooms of one floor', () => {
    const file = (name: string, to: string) => ({ [name]: `import type { X } from '${to}';\n` });
    const found = violations({
      ...file('sidecar/data/a.ts', '../config/b.ts'),
      ...file('sidecar/config/b.ts', '../models/c.ts'),
      ...file('sidecar/models/c.ts', '../data/d.ts'),
      ...file('sidecar/data/d.ts', './e.ts'),
      'sidecar/data/e.ts': '',
      'sidecar/attic/f.ts': "import { X } from '../terms/g.ts';\n",
      'sidecar/terms/g.ts': '',
    });
    const says = (line: string) => line.replace(/ \(test.*/, '');
    assert.deepEqual(found.filter((line) => line.includes('floors.ts')).map(says), [
      'sidecar/attic/f.ts:1: has no room: give it one in test/imports/floors.ts',
      "sidecar/data/a.ts:1: import of 'sidecar/config/b.ts': sidecar/config stands on a floor above",
      "sidecar/models/c.ts:1: import of 'sidecar/data/d.ts': sidecar/data stands on the same floor",
    ]);
  });

  it('refuses circles, of types as well, and shows them', () => {
    const found = violations({
      'sidecar/data/a.ts': "import { b } from './b.ts';\n",
      'sidecar/data/b.ts': "import type { C } from './c.ts';\n",
      'sidecar/data/c.ts': "import { a } from './a.ts';\n",
    });
    assert.equal(found.length, 1);
    assert.match(
      found[0] ?? '',
      /^sidecar\/data\/a\.ts → sidecar\/data\/b\.ts → sidecar\/data\/c\.ts → sidecar\/data\/a\.ts: a circle/,
    );
  });

  it('lets a window load what configs need only on demand', () => {
    const files = {
      'extension/extension.ts': "import { train } from './train.ts';\nimport type { Config } from './later.ts';\n",
      'extension/later.ts': "import { schema } from '../sidecar/config/schema.ts';\n",
      'sidecar/config/schema.ts': '',
    };
    assert.deepEqual(violations({ ...files, 'extension/train.ts': "const load = () => import('./later.ts');" }), []);
    const found = violations({ ...files, 'extension/train.ts': "import { load } from './later.ts';" });
    assert.equal(found.length, 1);
    assert.match(
      found[0] as string,
      /^extension\/later\.ts:1: import of 'sidecar\/config\/schema\.ts' \(by way of extension\/extension\.ts → /,
    );
  });

  it('reads imports over several lines, and none from comments or strings', () => {
    const source = [
      'import {',
      '  one,',
      '  type two,',
      "} from './a.ts';",
      "import type { three } from './b.ts';",
      "import type from './c.ts';",
      "import './d.css';",
      "// import x from './no.ts'",
      " * require('./no.ts')",
      "export const from = './no.ts';",
      "export * from './e.ts';",
      "const later = () => import('./f.ts');",
    ].join('\n');
    assert.deepEqual(
      sourceImports(source).map(({ specifier, line, typeOnly, onDemand }) => [specifier, line, typeOnly, onDemand]),
      [
        ['./a.ts', 1, false, false],
        ['./b.ts', 5, true, false],
        ['./c.ts', 6, false, false],
        ['./d.css', 7, false, false],
        ['./e.ts', 11, false, false],
        ['./f.ts', 12, false, true],
      ],
    );
  });
});
