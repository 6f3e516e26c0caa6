/** Texts in the person's language: the extension puts VS Code's bundle of them into the page. */

/** Read with the first text, because many are needed while modules load; none outside of a page. */
let texts: Readonly<Record<string, string>> | undefined;

function load(): Readonly<Record<string, string>> {
  const json = typeof document === 'undefined' ? undefined : document.getElementById('app')?.dataset.texts;
  return json === undefined ? {} : JSON.parse(json);
}

/** The text in the person's language, else as it stands; `{0}`, `{1}` … become the values, as in `vscode.l10n.t`. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  texts ??= load();
  const own = Object.hasOwn(texts, text) ? (texts[text] ?? text) : text;
  return own.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
