/** Folders of images as classes. */
import { printable } from '../../terms/names.ts';
import { type Labelling, lostLabels, unlabelled } from './labelling.ts';

/**
 * The classes of relative paths: their first folders, if every file lies in one and there are at least two.
 * @param passOver whether one folder around everything is passed over, as archives have one.
 */
export function classFolders(files: readonly string[], passOver = false): Labelling {
  const around = commonFolder(files);
  const skip = around === '' ? 0 : around.length + 1;
  const top = (file: string) => file.slice(skip, Math.max(skip, file.indexOf('/', skip)));
  const numbers = new Map<string, number>();
  for (const file of files) numbers.set(top(file), 0);
  const classNames = [...numbers.keys()].filter((name) => name !== '').sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length < 2) return unlabelled;
  const shown = `the class folders ${someOf(classNames)}`;
  if (numbers.has('')) {
    const loose = files.find((file) => top(file) === '')!;
    return lostLabels(`${printable(loose)} lies beside ${shown}: move it into the folder of its class, or remove it`);
  }
  if (around !== '' && !passOver) {
    const inside = printable(around);
    return lostLabels(`${shown} lie deeper, in ${inside}: let data.path name that folder`, { folder: around });
  }
  classNames.forEach((name, number) => {
    numbers.set(name, number);
  });
  return { labels: Int32Array.from(files, (file) => numbers.get(top(file))!), classNames, lost: null };
}

/** The longest folder that holds all files; '' for none. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  let common = first.split('/').slice(0, -1).join('/');
  for (const file of others) {
    while (common !== '' && !file.startsWith(`${common}/`))
      common = common.slice(0, Math.max(0, common.lastIndexOf('/')));
    if (common === '') break;
  }
  return common;
}

/** "cat and dog", "a, b and 8 more". */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 2).map(printable);
  return names.length === 2 ? shown.join(' and ') : `${shown.join(', ')} and ${names.length - 2} more`;
}
