/** Numbers for people. */
const grouped = new Intl.NumberFormat('en-US');

export const count = (value: number): string => grouped.format(value);

/** For example "11.6 MB"; powers of 1000. */
export const bytes = (value: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${Number((value / 1000 ** power).toPrecision(3))} ${units[power]}`;
};

/** By number of channels. */
export const channelNames: Readonly<Record<number, string>> = { 1: 'grey', 3: 'RGB', 4: 'RGBA' };
