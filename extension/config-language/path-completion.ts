/** Completes `data.path`, `data.labels` and `data.inputPath` from the disk, relative to the config's folder. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Location } from 'jsonc-parser';
import { type CompletionItem, CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import { locationAt } from '../../sidecar/config/document.ts';
import { resolvePath } from '../../sidecar/config/resolve.ts';
import type { Config } from '../../sidecar/config/schema.ts';
import type { ConfigFile } from './config-file.ts';

const maxEntries = 500;

/** What is being typed: the text before the cursor, and the span that an item replaces. */
interface Typed {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** There are no quotes yet. */
  readonly bare: boolean;
}

const withoutEscapes = (inside: string): string => {
  try {
    return JSON.parse(`"${inside}"`);
  } catch {
    return inside;
  }
};

const typedAt = (text: string, offset: number, { previousNode }: Location): Typed => {
  if (previousNode?.type !== 'string' || offset <= previousNode.offset)
    return { text: '', offset, length: 0, bare: true };
  const start = previousNode.offset + 1;
  const raw = text.slice(previousNode.offset, previousNode.offset + previousNode.length);
  const closed = raw.length > 1 && raw.endsWith('"');
  const end = previousNode.offset + previousNode.length - (closed ? 1 : 0);
  return { text: withoutEscapes(text.slice(start, offset)), offset: start, length: end - start, bare: false };
};

/** IDX files have no fixed ending: any file that is no image, text or archive of another kind may be one. */
const otherThanIdx =
  /\.(png|jpe?g|jfif|webp|gif|bmp|tiff?|avif|json|jsonc|md|txt|csv|parquet|npz|zip|tar|tgz|js|ts|py)$/i;

const isIdx = (name: string) => !otherThanIdx.test(name);
const isTar = (name: string) => /\.(tar|tgz|tar\.gz)$/i.test(name);
const isZip = (name: string) => /\.zip$/i.test(name);
const isTable = (name: string) => /\.(csv|parquet)$/i.test(name);
const isNpz = (name: string) => /\.npz$/i.test(name);

/** The files that each source reads; the others read folders. */
const filesOf: Partial<Record<Config['data']['source'], (name: string) => boolean>> = {
  idx: isIdx,
  tar: isTar,
  zip: isZip,
  table: isTable,
  npz: isNpz,
};

const anyData = (name: string) => isIdx(name) || isTar(name) || isZip(name) || isTable(name) || isNpz(name);

const isFolder = async (folder: string, entry: Dirent): Promise<boolean> =>
  entry.isSymbolicLink()
    ? stat(join(folder, entry.name)).then(
        (found) => found.isDirectory(),
        () => false,
      )
    : entry.isDirectory();

/** Whether a key of this source takes a file of this name. */
const wanted = (key: string, source: Config['data']['source'] | undefined): ((name: string) => boolean) => {
  if (key === 'data.labels') return isIdx;
  if (key === 'data.inputPath') return () => false;
  return source === undefined ? anyData : (filesOf[source] ?? (() => false));
};

/** Null where the cursor is not at such a value. */
export const completePath = async (file: ConfigFile, offset: number): Promise<CompletionList | null> => {
  const location = locationAt(file.text, offset);
  if (!location) return null;
  const { path, isAtPropertyKey } = location;
  const key = path.join('.');
  if (isAtPropertyKey || !['data.path', 'data.labels', 'data.inputPath'].includes(key)) return null;
  const isWanted = wanted(key, file.read.valid.data?.source);

  const typed = typedAt(file.text, offset, location);
  const before = typed.text.slice(0, Math.max(typed.text.lastIndexOf('/'), typed.text.lastIndexOf('\\')) + 1);
  const begun = typed.text.slice(before.length);
  const folder = resolvePath(dirname(file.path), before || '.');
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const visible = entries.filter(({ name }) => begun.startsWith('.') || !name.startsWith('.'));

  const item = async (entry: Dirent): Promise<CompletionItem[]> => {
    const directory = await isFolder(folder, entry);
    if (!directory && !isWanted(entry.name)) return [];
    const inside = JSON.stringify(`${before}${entry.name}${directory ? '/' : ''}`);
    const newText = typed.bare ? inside : inside.slice(1, -1);
    return [
      {
        label: `${entry.name}${directory ? '/' : ''}`,
        kind: directory ? CompletionItemKind.Folder : CompletionItemKind.File,
        sortText: `${directory ? 1 : 0}${entry.name}`,
        filterText: newText,
        textEdit: { range: file.rangeOf(typed), newText },
        ...(directory && !typed.bare && { command: { title: 'Continue', command: 'editor.action.triggerSuggest' } }),
      },
    ];
  };
  const items = (await Promise.all(visible.slice(0, maxEntries).map(item))).flat();
  return { isIncomplete: visible.length > maxEntries, items };
};
