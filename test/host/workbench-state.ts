/** What the web workbench has written down of one workspace: what a window that is opened anew starts from. */
import type { Page } from 'playwright-core';
import manifest from '../../package.json' with { type: 'json' };

/** The workbench's editors with their tabs; it writes them every 5 s. */
export const EDITORS = 'memento/workbench.parts.editor';

/** The extension's `workspaceState`; written at once. */
export const EXTENSION = `${manifest.publisher}.${manifest.name}`;

/** Reads the value under `key`, or, with `value`, replaces it; null: there is none, or none is wanted. Runs in the page. */
const access = async ({ key, value }: { key: string; value?: string | null }): Promise<string | null> => {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const databases = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  const workspace = databases.find((name) => /^vscode-web-state-db-(?!global)/.test(name));
  if (workspace === undefined) return null;
  const database = await settled(indexedDB.open(workspace));
  try {
    const items = database.transaction('ItemTable', 'readwrite').objectStore('ItemTable');
    if (value === null) await settled(items.delete(key));
    else if (value !== undefined) await settled(items.put(value, key));
    return (await settled<string | undefined>(items.get(key))) ?? null;
  } finally {
    database.close();
  }
};

export const readState = (page: Page, key: string): Promise<string | null> => page.evaluate(access, { key });

/** The workbench is to be left when its state is changed: it would write over it. */
export const replaceState = (page: Page, key: string, value: string | null): Promise<unknown> =>
  page.evaluate(access, { key, value });

/** Resolves with the value once `holds` is true of it. No event tells of what another part of the page wrote. */
export const stateWritten = async (page: Page, key: string, holds: (text: string) => boolean): Promise<string> => {
  const deadline = Date.now() + 240_000;
  for (;;) {
    const text = await readState(page, key);
    if (text !== null && holds(text)) return text;
    if (Date.now() > deadline) throw new Error(`Not as expected after four minutes: ${key} is ${text}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
};
