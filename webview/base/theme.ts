/** What VS Code's theme and settings ask of a page. */

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
