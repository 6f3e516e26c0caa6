/** Names in the order in which people count. */

/** Compares by code unit, but runs of digits by their number: "a2" before "a10". */
export function natural(a: string, b: string): number {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = comparePieces(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compare(a, b);
}

const piecesOf = (name: string): string[] => name.match(/\d+|\D+/g) ?? [];

function comparePieces(a: string, b: string): number {
  const numbers = /^\d/.test(a) && /^\d/.test(b);
  return (numbers ? compareNumbers(withoutZeros(a), withoutZeros(b)) : 0) || (numbers ? 0 : compare(a, b));
}

const withoutZeros = (digits: string) => digits.replace(/^0+/, '');

/** Of any length: the shorter one is smaller. */
const compareNumbers = (a: string, b: string) => a.length - b.length || compare(a, b);

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
