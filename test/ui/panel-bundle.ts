/** The scripts, style sheets and font of the panel and of the gallery, built from the sources as they are now. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../host/paths.ts';

/** File name → content, as in dist/. */
export function buildPanel(): ReadonlyMap<string, Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gan-panel-'));
  try {
    const esbuild = path.join(projectRoot, 'node_modules', 'esbuild', 'bin', 'esbuild');
    const { status, stderr } = spawnSync(
      esbuild,
      [
        'webview=webview/panel/main.ts',
        'gallery=webview/gallery/main.ts',
        '--bundle',
        '--format=iife',
        '--target=chrome120',
        '--loader:.ttf=file',
        `--outdir=${folder}`,
      ],
      { cwd: projectRoot, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`The panel does not build:\n${stderr}`);
    return new Map(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
