/** Colours and lines of a chart, for its canvas, which does not follow CSS variables by itself, and for its legend. */

export interface ChartTheme {
  /** In the order of the curves. */
  readonly curves: readonly CurveStyle[];
  readonly text: string;
  readonly grid: string;
  readonly marker: string;
  readonly fontFamily: string;
  readonly highContrast: boolean;
}

/** Line of one curve. */
export interface CurveStyle {
  readonly colour: string;
  readonly dash: Dash;
}

/** Lengths of dash and gap in pixels, by turns; none: a solid line. */
type Dash = readonly number[];

/**
 * Each curve's line, by the variable of its colour in base.css and what tells it apart without colour. The first two
 * differ by colour alone, blue and orange, except in high contrast.
 */
const CURVES: readonly { readonly colour: string; readonly dash: Dash; readonly inHighContrast?: Dash }[] = [
  { colour: '--curve-1', dash: [] },
  { colour: '--curve-2', dash: [], inHighContrast: [6, 3] },
  { colour: '--curve-3', dash: [2, 3] },
  { colour: '--curve-4', dash: [8, 3, 2, 3] },
];

/** A chart draws no more. */
export const MOST_CURVES = CURVES.length;

export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  // Those of the style sheets included.
  const variable = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  const highContrast = /\bvscode-high-contrast(-light)?\b/.test(document.body.className);
  const text = variable('--vscode-foreground', style.color);
  return {
    curves: CURVES.map(({ colour, dash, inHighContrast = dash }) => ({
      colour: variable(colour, text),
      dash: highContrast ? inHighContrast : dash,
    })),
    text: variable('--vscode-descriptionForeground', text),
    grid: `color-mix(in srgb, ${text} 13%, transparent)`,
    marker: variable('--vscode-focusBorder', text),
    fontFamily: style.fontFamily,
    highContrast,
  };
}
