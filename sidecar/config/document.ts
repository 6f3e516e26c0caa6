/** The text of a config as a tree with positions. Reads broken text as far as it goes. */
import {
  createScanner,
  findNodeAtLocation,
  getLocation,
  type JSONPath,
  type Location,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';

/** Larger or deeper text is no config, and would only make the parser slow or overflow its stack. */
const MAX_LENGTH = 1_000_000;
const maxDepth = 100;

/** Characters that tell the encoding. */
const ENCODING_SAMPLE = 64;

export interface SyntaxProblem {
  readonly offset: number;
  readonly length: number;
  readonly code: string;
  readonly message: string;
}

export interface ConfigDocument {
  readonly text: string;
  /** Undefined where nothing could be read. */
  readonly root: Node | undefined;
  readonly syntaxProblems: readonly SyntaxProblem[];
}

export interface Span {
  readonly offset: number;
  readonly length: number;
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON; text needs double quotes',
  InvalidNumberFormat: 'This is not a number',
  PropertyNameExpected: 'A key in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is expected here',
  CloseBraceExpected: 'A closing brace } is expected here',
  CloseBracketExpected: 'A closing bracket ] is expected here',
  EndOfFileExpected: 'Nothing may follow the closing brace of the config',
  UnexpectedEndOfComment: 'This comment does not end',
  UnexpectedEndOfString: 'This text lacks its closing quote',
  UnexpectedEndOfNumber: 'This number is cut off',
  InvalidUnicode: 'This \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'This escape is not known to JSON; a backslash itself is written \\\\',
  InvalidCharacter: 'Control characters must be escaped',
};

const syntaxProblem = ({ error, offset, length }: ParseError): SyntaxProblem => ({
  offset,
  length,
  code: 'json/syntax',
  message: messages[printParseErrorCode(error)] ?? printParseErrorCode(error),
});

/** Where the text is nested deeper than a config ever is, or null. */
const tooDeepAt = (text: string): number | null => {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    if (offset >= text.length) return null;
    const first = text[offset]!;
    if ('{['.includes(first)) depth++;
    else if ('}]'.includes(first)) depth--;
    if (depth > maxDepth) return offset;
  }
};

/** Nothing but white space and comments. */
const isBlank = (text: string): boolean => {
  const scanner = createScanner(text, true);
  scanner.scan();
  return scanner.getTokenOffset() >= text.length;
};

const unreadable = (text: string, offset: number, code: string, message: string): ConfigDocument => ({
  text,
  root: undefined,
  syntaxProblems: [{ offset, length: Math.min(1, text.length - offset), code, message }],
});

/** Never throws: what cannot be parsed is a syntax problem, however long or deep the text. */
export function parseConfigText(text: string): ConfigDocument {
  if (text.length > MAX_LENGTH) {
    return unreadable(text, 0, 'json/too-large', 'This file is over 1 MB; a config is a few kB. Is it the right file?');
  }
  // Every other byte of ASCII in UTF-16 is zero; JSON has no such character.
  if (text.slice(0, ENCODING_SAMPLE).includes('\0')) {
    const remedy = 'in VS Code: click the encoding in the status bar, then Save with Encoding, UTF-8';
    return unreadable(text, 0, 'json/encoding', `This file is saved as UTF-16; save it as UTF-8 (${remedy})`);
  }
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== null) {
    return unreadable(text, tooDeep, 'json/too-deep', `This is nested more than ${maxDepth} levels deep`);
  }
  if (isBlank(text)) {
    return unreadable(text, 0, 'json/empty', 'This config is empty; begin with { "model": … , "data": … }');
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return { text, root, syntaxProblems: errors.map(syntaxProblem) };
}

/** Where in the config an offset lies, even in unfinished text; null in text that cannot be parsed at all. */
export const locationAt = (text: string, offset: number): Location | null =>
  text.length > MAX_LENGTH || tooDeepAt(text) !== null ? null : getLocation(text, offset);

/** The node at this path. Of equal keys the last counts, as in JSON.parse. */
export function nodeAt(root: Node | undefined, path: JSONPath): Node | undefined {
  let node = root;
  for (const segment of path) {
    if (typeof segment === 'number') {
      node = node && findNodeAtLocation(node, [segment]);
      continue;
    }
    const property = node?.children?.findLast((child) => child.children?.[0]?.value === segment);
    node = property?.children?.[1];
  }
  return node;
}

/** The key of the value at this path. */
export function keyAt(root: Node | undefined, path: JSONPath): Node | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  if (parent?.type !== 'object') return undefined;
  return parent.children?.findLast((child) => child.children?.[0]?.value === path.at(-1))?.children?.[0];
}

/**
 * What to underline for a path: its value or its key, whole groups by their key, the config itself by
 * its opening brace; for what is not there, the nearest thing around it.
 */
export function spanAt({ root, text }: ConfigDocument, path: JSONPath, on: 'key' | 'value'): Span {
  for (let length = path.length; length > 0; length--) {
    const here = path.slice(0, length);
    const key = keyAt(root, here);
    const node = nodeAt(root, here);
    const scalar = node && node.type !== 'object' && node.type !== 'array';
    const found = (length === path.length && on === 'value' && scalar && node) || key || node;
    if (found) return { offset: found.offset, length: found.length };
  }
  const offset = root?.offset ?? 0;
  return { offset, length: Math.min(1, text.length - offset) };
}

/** Keys that come twice in one object: the earlier ones, which have no effect. */
export function duplicateKeys(node: Node | undefined): Node[] {
  if (!node?.children) return [];
  const inside = node.children.flatMap(duplicateKeys);
  if (node.type !== 'object') return inside;
  const keys = node.children.flatMap((property) => property.children?.[0] ?? []);
  const last = new Map(keys.map((key) => [key.value, key]));
  return [...keys.filter((key) => last.get(key.value) !== key), ...inside];
}
