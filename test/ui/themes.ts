/** The variables of VS Code's themes, recorded from a real workbench by record-themes.ts. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot, readJson } from '../host/paths.ts';

export type ThemeName = 'dark' | 'dark-modern' | 'light' | 'light-modern' | 'high-contrast' | 'high-contrast-light';

export const themeFile = path.join(projectRoot, 'test', 'ui', 'themes.json');

export const readThemes = (): Record<ThemeName, Record<string, string>> => readJson(themeFile);

/** Class VS Code sets on a webview's body. */
export const bodyClass = (theme: ThemeName): string => `vscode-${theme.replace('-modern', '')}`;

/** Every --vscode-* variable that the panel's own sources name. */
export function usedVariables(): string[] {
  const sources = globSync('webview/**/*.{ts,css}', { cwd: projectRoot });
  const text = sources.map((file) => readFileSync(path.join(projectRoot, file), 'utf8')).join('\n');
  return [...new Set(text.match(/--vscode-[\w-]+\w/g) ?? [])].sort();
}
