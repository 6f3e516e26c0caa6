/** Snippets that VS Code's JSON completion offers (`defaultSnippets`), with their tab stops. */

/** A whole group or config. `body` is JSON in which a string may hold a tab stop. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: object;
}

const stop = (inside: string) => `\${${inside}}`;

/** A tab stop over a number: written without quotes, hence the caret. */
export const numberStop = (index: number, value: number) => `^${stop(`${index}:${value}`)}`;

/** A tab stop that offers some numbers. */
export const numberChoiceStop = (index: number, values: readonly number[]) =>
  `^${stop(`${index}|${values.join(',')}|`)}`;

/** A tab stop inside a string. */
export const textStop = (index: number, value: string) => stop(`${index}:${value}`);

/** A tab stop that offers some strings. */
export const textChoiceStop = (index: number, values: readonly string[]) => stop(`${index}|${values.join(',')}|`);
