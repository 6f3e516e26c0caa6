/** esbuild plugin: `import source from './file.ts?worker'` gives the bundle of that file as text. */
import path from 'node:path';
import { build } from 'esbuild';

/** @type {import('esbuild').Plugin} */
export const workerSource = {
  name: 'worker-source',
  setup({ onResolve, onLoad, initialOptions }) {
    onResolve({ filter: /\?worker$/ }, ({ path: specifier, resolveDir }) => ({
      path: path.join(resolveDir, specifier.replace(/\?worker$/, '')),
      namespace: 'worker-source',
    }));
    onLoad({ filter: /.*/, namespace: 'worker-source' }, async ({ path: file }) => {
      const { external, minify, target, mainFields, logOverride } = initialOptions;
      const { outputFiles, metafile, errors, warnings } = await build({
        entryPoints: [file],
        bundle: true,
        write: false,
        metafile: true,
        platform: 'node',
        format: 'cjs',
        logLevel: 'silent',
        ...Object.fromEntries(
          Object.entries({ external, minify, target, mainFields, logOverride }).filter(
            ([, value]) => value !== undefined,
          ),
        ),
      });
      return {
        contents: outputFiles[0].text,
        loader: 'text',
        errors,
        warnings,
        watchFiles: Object.keys(metafile.inputs).map((input) => path.resolve(input)),
      };
    });
  },
};
