/** The texts in a program's source that a person may read, and the calls that they stand in. */
import { transformSync } from 'esbuild';

export interface ShownText {
  /** Without what is put in. */
  readonly text: string;
  /** Names of the calls around it, the outermost first, as written: `vscode.l10n.t`. */
  readonly calls: readonly string[];
}

/** Two words with a space between them: no name, key or path is written so. */
const SENTENCE = /[a-z]{2,}[,:;.]? [a-z({]/i;

/** A string, the piece of a template up to `${` or its end, a parenthesis, a brace, or what stands before one. */
const TOKEN =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`|[()]|[{}]|\/(?![*/ ])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*(?=[.,;)\s])|[\w$#]+(?:\??\.[\w$#]+)*/gy;

/**
 * Every string and template of the TypeScript `source` that reads like a sentence. Comments are not among them,
 * nor are regular expressions.
 */
export function shownTexts(source: string): ShownText[] {
  // What esbuild prints has no comments and no types, and strings in one form.
  const { code } = transformSync(source, {
    loader: 'ts',
    target: 'es2023',
    minifyWhitespace: true,
    legalComments: 'none',
  });
  const texts: ShownText[] = [];
  const calls: string[] = [];
  let before = '';
  const keep = (text: string) => {
    if (SENTENCE.test(text)) texts.push({ text, calls: calls.filter((name) => name !== '') });
  };
  /** Reads on until `end` closes what was opened before `at`; the place behind it. */
  const read = (at: number, end: string): number => {
    let place = at;
    while (place < code.length) {
      TOKEN.lastIndex = place;
      const token = TOKEN.exec(code)?.[0];
      if (token === undefined) {
        if (code[place]?.trim() !== '') before = '';
        place++;
        continue;
      }
      place += token.length;
      if (token === end) return place;
      if (token === '(') {
        calls.push(before);
        before = '';
        place = read(place, ')');
        calls.pop();
      } else if (token === '{') {
        before = '';
        place = read(place, '}');
      } else if (token === '`') {
        place = readTemplate(place);
      } else if (token.startsWith('"') || token.startsWith("'")) {
        keep(token.slice(1, -1));
        before = '';
      } else {
        before = before === 'new' ? `new ${token}` : token;
      }
    }
    return place;
  };
  const readTemplate = (at: number): number => {
    let text = '';
    let place = at;
    while (place < code.length && code[place] !== '`') {
      if (code.startsWith('${', place)) {
        text += '{}';
        place = read(place + 2, '}');
      } else {
        text += code[place];
        place += code[place] === '\\' ? 2 : 1;
      }
    }
    keep(text);
    return place + 1;
  };
  read(0, '');
  return texts;
}
