/** Lists in messages, which may be of any length. */

/** More would fill a message. */
const mostNamed = 8;

/** The names in a row, those of a long list only to begin with: "a, b, c and 782 more". Empty for none. */
export function few(names: readonly string[], most = mostNamed): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
