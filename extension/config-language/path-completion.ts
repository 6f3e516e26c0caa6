/** Completes `data.path`, `data.labels` and `data.inputPath` from the disk, relative to the config's folder. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Location } from 'jsonc-parser';
import { type CompletionItem, CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import { locationAt } from '../../sidecar/config/document.ts';
import { resolvePath } from '../../sidecar/config/resolve.ts';
import type { Config } from '../../sidecar/config/schema.ts';
import { sourceOfName } from '../../sidecar/config/source-of-path.ts';
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

/** IDX files have no fixed ending: any file that is no image, text or data of another kind may be one. */
const otherThanIdx = /\.(png|jpe?g|jfif|webp|gif|bmp|tiff?|avif|json|jsonc|md|txt|js|ts|py)$/i;

const isIdx = (name: string) => sourceOfName(name) === null && !otherThanIdx.test(name);

/** Whether the source reads a file of this name; some sources read folders alone. */
const reads = (source: Config['data']['source'], name: string) =>
  source === 'idx' ? isIdx(name) : sourceOfName(name) === source;

const isFolder = async (folder: string, entry: Dirent): Promise<boolean> =>
  entry.isSymbolicLink()
    ? stat(join(folder, entry.name)).then(
        (found) => found.isDirectory(),
        () => false,
      )
    : entry.isDirectory();

/** Whether a key of this source takes a file of this name. */
const wanted = (key: string, source: Config['data']['source'] | undefined): ((name: string) => boolean) => {
  if (key === 'data.inputPath') return () => false;
  if (key === 'data.labels') return (name) => reads(source === 'npz' ? 'npz' : 'idx', name);
  return (name) => (source === undefined ? sourceOfName(name) !== null || isIdx(name) : reads(source, name));
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
