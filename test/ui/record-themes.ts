/**
 * Writes themes.json: the variables that VS Code's own themes give a webview, as the panel's style
 * sheet uses them. Run after style.css uses another variable: `node test/ui/record-themes.ts`.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../host/browser.ts';
import { projectRoot } from '../host/paths.ts';
import { startVSCodeServer } from '../host/vscode-server.ts';
import { Workbench } from '../host/workbench.ts';
import { type ThemeName, themeFile, usedVariables } from './themes.ts';

/** Each theme's name in settings, and the file it comes from, which the workbench has as a class. */
const sources: Record<ThemeName, readonly [string, string]> = {
  dark: ['Dark 2026', '2026-dark'],
  'dark-modern': ['Dark Modern', 'dark_modern'],
  light: ['Light 2026', '2026-light'],
  'light-modern': ['Light Modern', 'light_modern'],
  'high-contrast': ['Default High Contrast', 'hc_black'],
  'high-contrast-light': ['Default High Contrast Light', 'hc_light'],
};

/** The fonts a webview on Linux is given beside the colours. */
const fonts = {
  '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
  '--vscode-font-size': '13px',
  '--vscode-font-weight': 'normal',
};

const browser = await launchBrowser();
const themes: Record<string, Record<string, string>> = {};
for (const [key, [name, file]] of Object.entries(sources)) {
  const server = await startVSCodeServer({ settings: { 'workbench.colorTheme': name } });
  const workbench = await Workbench.open(browser, server, path.join(projectRoot, 'examples'));
  await workbench.page.locator(`.monaco-workbench[class*="themes-${file}-json"]`).waitFor();
  // The colours follow the class.
  await workbench.page.waitForTimeout(1500);
  const all = await workbench.page.evaluate(() => {
    const variables: Record<string, string> = {};
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (!(rule instanceof CSSStyleRule) || !/^\.monaco-workbench$/.test(rule.selectorText)) continue;
        for (const property of rule.style) {
          if (property.startsWith('--vscode-')) variables[property] = rule.style.getPropertyValue(property).trim();
        }
      }
    }
    return variables;
  });
  themes[key] = { ...fonts };
  for (const variable of usedVariables()) if (all[variable]) themes[key][variable] = all[variable];
  console.log(key, Object.keys(all).length, Object.keys(themes[key]).length);
  await workbench.close();
  await server.close();
}
await browser.close();
writeFileSync(themeFile, `${JSON.stringify(themes, null, 2)}\n`);
