/**
 * Which run panels are open, written down at once: VS Code writes its own tabs only every few seconds, and
 * a window that is reloaded before has forgotten them.
 */

/** A panel as the workspace's state keeps it. */
export interface OpenPanel {
  /** The run's directory. */
  readonly directory: string;
  /** What its tab says: the run's name, which other runs may have as well. */
  readonly title: string;
  /** Where it stands, as VS Code counts columns. */
  readonly column: number;
}

/** Part of VS Code's `Memento`, which tells workspaces apart. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'openRunPanels';

/** What was written last, or undefined where nothing ever was; whatever is not a panel is left out. */
export function readOpenPanels(memory: Memory): readonly OpenPanel[] | undefined {
  const stored = memory.get(KEY);
  return Array.isArray(stored) ? stored.filter(isOpenPanel) : undefined;
}

export const writeOpenPanels = (memory: Memory, panels: readonly OpenPanel[]): Thenable<void> =>
  memory.update(KEY, panels);

/**
 * Those of `panels` (in the order in which they were opened) that stand in tabs with these titles. Which of
 * several runs of one name a tab shows, it does not tell: the ones opened first, since VS Code misses the last.
 */
export function inTabs(panels: readonly OpenPanel[], titles: readonly string[]): OpenPanel[] {
  const left = [...titles];
  return panels.filter(({ title }) => takeOut(left, title));
}

/** Removes one `title` from `titles`; false: there was none. */
export function takeOut(titles: string[], title: string): boolean {
  const at = titles.indexOf(title);
  if (at < 0) return false;
  titles.splice(at, 1);
  return true;
}

const isOpenPanel = (value: unknown): value is OpenPanel =>
  typeof value === 'object' &&
  value !== null &&
  'directory' in value &&
  typeof value.directory === 'string' &&
  'title' in value &&
  typeof value.title === 'string' &&
  'column' in value &&
  typeof value.column === 'number';
