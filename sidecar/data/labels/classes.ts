/** Names of classes in order, and each image's class: numbers in numeric order, other names by code unit. */
export function classesOf(names: readonly string[]): { labels: Int32Array; classNames: string[] } {
  const distinct = [...new Set(names)];
  const numeric = distinct.every((name) => /^\d+$/.test(name));
  const classNames = distinct.sort(numeric ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  const numbers = new Map(classNames.map((name, number) => [name, number]));
  return { labels: Int32Array.from(names, (name) => numbers.get(name)!), classNames };
}
