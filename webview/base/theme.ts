/** Colours for the canvas, which does not follow CSS variables by itself. */

export interface ChartTheme {
  /** Of the losses, in their order. */
  readonly curves: readonly CurveStyle[];
  readonly text: string;
  readonly grid: string;
  readonly marker: string;
  readonly fontFamily: string;
  readonly highContrast: boolean;
}

/** Line of one loss. */
export interface CurveStyle {
  readonly colour: string;
  /** Lengths of dash and gap in pixels, by turns; none: a solid line. */
  readonly dash: readonly number[];
}

/** What tells losses apart without colour; the swatches in charts.css show the same. */
const DASHES: readonly (readonly number[])[] = [[], [], [2, 3], [8, 3, 2, 3]];
/** In high contrast all of them differ: the first two differ by colour alone elsewhere, blue and orange. */
const HIGH_CONTRAST_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  // Those of the style sheets included.
  const variable = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  const highContrast = /\bvscode-high-contrast(-light)?\b/.test(document.body.className);
  const text = variable('--vscode-foreground', style.color);
  return {
    curves: (highContrast ? HIGH_CONTRAST_DASHES : DASHES).map((dash, i) => ({
      colour: variable(`--curve-${i + 1}`, text),
      dash,
    })),
    text: variable('--vscode-descriptionForeground', text),
    grid: `color-mix(in srgb, ${text} 13%, transparent)`,
    marker: variable('--vscode-focusBorder', text),
    fontFamily: style.fontFamily,
    highContrast,
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
