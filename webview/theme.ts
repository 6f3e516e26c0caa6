/** Colours for the canvas, which does not follow CSS variables by itself. */

export interface ChartTheme {
  readonly generator: string;
  readonly discriminator: string;
  readonly text: string;
  readonly grid: string;
  readonly marker: string;
  readonly fontFamily: string;
  /** High contrast: thicker lines, and a dash that tells the losses apart without colour. */
  readonly highContrast: boolean;
}

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  // Those of the style sheets included.
  const variable = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  const text = variable('--vscode-foreground', style.color);
  return {
    generator: variable('--generator', text),
    discriminator: variable('--discriminator', text),
    text: variable('--vscode-descriptionForeground', text),
    grid: `color-mix(in srgb, ${text} 13%, transparent)`,
    marker: variable('--vscode-focusBorder', text),
    fontFamily: style.fontFamily,
    highContrast: /\bvscode-high-contrast(-light)?\b/.test(document.body.className),
  };
}

/** Calls back after VS Code has put another theme on the page. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

/** True where the person asked for less motion, of VS Code or of the system. */
export const prefersReducedMotion = (): boolean =>
  document.body.classList.contains('vscode-reduce-motion') ||
  window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export const usesScreenReader = (): boolean => document.body.classList.contains('vscode-using-screen-reader');
