/**
 * Builds everything into dist/. `--watch` rebuilds on change, `--production` minifies, `--quiet`
 * prints warnings and errors only, `--out <folder>` builds there, `--test <suite>` builds the named
 * test suite (a folder under test/) instead of the product.
 */
import { globSync } from 'node:fs';
import { argv } from 'node:process';
import * as esbuild from 'esbuild';
import { workerSource } from './scripts/worker-source.mjs';

const flag = (name) => argv.includes(`--${name}`);
const option = (name) => (flag(name) ? argv[argv.indexOf(`--${name}`) + 1] : undefined);
const production = flag('production');
const watch = flag('watch');
const outdir = option('out') ?? 'dist';

/** Loaded at run time: native code, the host's own module, or a tool whose files must stay apart. */
const external = [
  'vscode',
  'onnxruntime-node',
  'sharp',
  '@cwasm/nsbmp',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  'esbuild',
  'mocha',
  'playwright-core',
  '@vscode/test-electron',
];

const common = {
  bundle: true,
  sourcemap: true,
  minify: production,
  // While watching, the reporter below prints each problem on one line instead.
  logLevel: watch ? 'silent' : flag('quiet') || flag('test') ? 'warning' : 'info',
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
  plugins: [workerSource],
  outdir,
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
    entryPoints: { webview: 'webview/panel/main.ts', gallery: 'webview/gallery/main.ts' },
    outdir,
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

const suite = option('test');
const builds = suite === undefined ? product : [testSuite(suite)];

/** Prints what the problem matcher in .vscode/tasks.json reads. */
const reporter = {
  name: 'reporter',
  setup(build) {
    build.onStart(() => console.log('[watch] build started'));
    build.onEnd(({ errors, warnings }) => {
      const print = (severity, { text, location }) => {
        const place = location ? `${location.file}:${location.line}:${location.column + 1}` : 'esbuild.mjs:1:1';
        console.log(`${place}: ${severity}: ${text}`);
      };
      for (const error of errors) print('error', error);
      for (const warning of warnings) print('warning', warning);
      console.log('[watch] build finished');
    });
  },
};

try {
  if (watch) {
    const contexts = builds.map((options) =>
      esbuild.context({ ...options, plugins: [...(options.plugins ?? []), reporter] }),
    );
    await Promise.all((await Promise.all(contexts)).map((context) => context.watch()));
  } else {
    await Promise.all(builds.map((options) => esbuild.build(options)));
  }
} catch {
  // esbuild has printed the errors.
  process.exit(1);
}
