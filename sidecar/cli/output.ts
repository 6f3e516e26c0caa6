/** Numbers and times as people read them. */

/** A loss with four significant digits; never in exponent form unless tiny or huge. */
export function lossText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toPrecision(4);
}

/** @param unit what a person calls examples, "images" for one. */
export const rateText = (perSecond: number, unit: string): string =>
  `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} ${unit}/s`;

/** Columns padded to their widest cell; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const printLine = (line: string): void => void process.stdout.write(`${line}\n`);

/** For `--json`: one object a line. */
export const printObject = (object: object): void => printLine(JSON.stringify(object));
