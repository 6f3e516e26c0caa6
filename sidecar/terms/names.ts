/** Names that come out of data, in messages: there may be any number of them, and anything in them. */

/** A name without what would break a line or steer a terminal. */
export const printable = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');

/** More would fill a message. */
const mostNamed = 8;

/** The names in a row, those of a long list only to begin with: "a, b, c and 782 more". Empty for none. */
export function few(names: readonly string[], most = mostNamed): string {
  if (names.length <= most) return names.map(printable).join(', ');
  return `${names
    .slice(0, most - 1)
    .map(printable)
    .join(', ')} and ${names.length - most + 1} more`;
}
