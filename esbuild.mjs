/**
 * Builds everything into dist/. `--watch` rebuilds on change, `--production` minifies,
 * `--test <suite>` builds the named test suite (a folder under test/) instead of the product.
 */
import { globSync } from 'node:fs';
import { argv } from 'node:process';
import * as esbuild from 'esbuild';

const flag = (name) => argv.includes(`--${name}`);
const production = flag('production');

/** Loaded at run time: native code, the host's own module, or a tool whose files must stay apart. */
const external = [
  'vscode',
  'onnxruntime-node',
  'sharp',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  'mocha',
  'playwright-core',
  '@vscode/test-electron',
];

const common = {
  bundle: true,
  sourcemap: true,
  minify: production,
  logLevel: 'info',
  // UMD builds named by `main` load their parts by a require that no bundler sees.
  mainFields: ['module', 'main'],
  logOverride: { 'require-resolve-not-external': 'silent' },
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
};

const product = [
  {
    ...node,
    entryPoints: {
      extension: 'extension/extension.ts',
      'config-server': 'extension/config-language/server.ts',
      sidecar: 'sidecar/sidecar.ts',
      cli: 'sidecar/cli.ts',
    },
  },
  {
    ...common,
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
    entryPoints: { webview: 'webview/main.ts' },
    outdir: 'dist',
    loader: { '.ttf': 'file', '.svg': 'text' },
  },
];

const testSuite = (suite) => ({
  ...node,
  entryPoints: globSync(`test/${suite}/**/*.test.ts`),
  outbase: 'test',
  outdir: 'dist/test',
  // Suites run in plain Node share chunks as ES modules; inside VS Code the bundle is CommonJS.
  ...(suite === 'editor'
    ? { entryPoints: ['test/editor/index.ts'] }
    : {
        format: 'esm',
        splitting: true,
        chunkNames: `chunks-${suite}/[hash]`,
        outExtension: { '.js': '.mjs' },
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      }),
});

const suiteAt = argv.indexOf('--test');
const builds = suiteAt === -1 ? product : [testSuite(argv[suiteAt + 1])];

if (flag('watch')) {
  await Promise.all(builds.map(async (options) => (await esbuild.context(options)).watch()));
} else {
  await Promise.all(builds.map((options) => esbuild.build(options)));
}
