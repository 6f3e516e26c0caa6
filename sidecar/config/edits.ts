/** Turns a change of the config into edits of its text that leave comments and layout alone. */
import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { keyAt, nodeAt, parseConfigText } from './document.ts';
import type { Change, ChangeStep } from './problem.ts';

export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export interface Fix {
  /** For a menu: "Change to 32". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

const formattingOf = (text: string) => {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
};

/** Whether the innermost group around this path is written on one line, and so should stay. */
const isOnOneLine = (text: string, path: JSONPath): boolean => {
  const { root } = parseConfigText(text);
  for (let length = path.length - 1; length >= 0; length--) {
    const group = nodeAt(root, path.slice(0, length));
    if (group?.type === 'object') return !text.slice(group.offset, group.offset + group.length).includes('\n');
  }
  return false;
};

const applyStep = (text: string, step: ChangeStep): string => {
  if ('renameTo' in step) {
    const key = keyAt(parseConfigText(text).root, step.path);
    if (!key) return text;
    return `${text.slice(0, key.offset)}${JSON.stringify(step.renameTo)}${text.slice(key.offset + key.length)}`;
  }
  if (!isOnOneLine(text, step.path)) {
    return applyEdits(text, modify(text, step.path, step.value, { formattingOptions: formattingOf(text) }));
  }
  const edits = modify(text, step.path, step.value, {});
  return applyEdits(
    text,
    edits.map((edit) => ({ ...edit, content: edit.content.replace(/^,"/, ', "') })),
  );
};

/** The one edit that turns `from` into `to`: what lies between their common beginning and end. */
const difference = (from: string, to: string): TextEdit => {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let end = 0;
  while (end < shorter - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  return { offset: start, length: from.length - start - end, text: to.slice(start, to.length - end) };
};

/** The fix as text edits, or null where the text is too broken to edit safely. */
export const toFix = (text: string, { title, steps }: Change): Fix | null => {
  try {
    const edited = steps.reduce(applyStep, text);
    return edited === text ? null : { title, edits: [difference(text, edited)] };
  } catch {
    return null; // jsonc-parser cannot place an edit in this text; the diagnostic stands without a fix.
  }
};
