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

/**
 * The text with a key that its group, written on several lines, does not have yet: on a line of its own
 * after the last one, whose comment stays with it. Null where the key is there, or no other is.
 * jsonc-parser would lay the key before it out anew.
 */
const withNewKey = (text: string, { path, value }: { path: JSONPath; value: unknown }): string | null => {
  const { root } = parseConfigText(text);
  const group = nodeAt(root, path.slice(0, -1));
  const last = group?.type === 'object' ? group.children?.at(-1) : undefined;
  if (!last || value === undefined || nodeAt(root, path)) return null;
  const end = last.offset + last.length;
  const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, last.offset))?.[1] ?? '';
  // What may follow on the line: a comma, and comments that end there.
  const rest = /^([ \t]*,)?([ \t]*(?:\/\*[^\n]*?\*\/[ \t]*)*(?:\/\/[^\r\n]*)?(?=\r?\n))?/.exec(text.slice(end));
  const [line = '', comma = '', comment = ''] = rest ?? [];
  const { eol } = formattingOf(text);
  const entry = `${eol}${indent}${JSON.stringify(path.at(-1))}: ${JSON.stringify(value)}${comma ? ',' : ''}`;
  return text.slice(0, end) + (comma || ',') + comment.trimEnd() + entry + text.slice(end + line.length);
};

const applyStep = (text: string, step: ChangeStep): string => {
  if ('renameTo' in step) {
    const key = keyAt(parseConfigText(text).root, step.path);
    if (!key) return text;
    return `${text.slice(0, key.offset)}${JSON.stringify(step.renameTo)}${text.slice(key.offset + key.length)}`;
  }
  if (!isOnOneLine(text, step.path)) {
    const added = withNewKey(text, step);
    if (added !== null) return added;
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

/** The text after some changes; comments and layout stay. Steps that cannot be placed throw. */
export const withSteps = (text: string, steps: readonly ChangeStep[]): string => steps.reduce(applyStep, text);

/** The fix as text edits, or null where the text is too broken to edit safely. */
export function toFix(text: string, { title, steps }: Change): Fix | null {
  try {
    const edited = withSteps(text, steps);
    return edited === text ? null : { title, edits: [difference(text, edited)] };
  } catch {
    return null; // jsonc-parser cannot place an edit in this text; the diagnostic stands without a fix.
  }
}
