/** A folder of image files; with `data.input` "folder", a second one with a file of the same name for each. */
import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UserError } from '../../../terms/errors.ts';
import { type ImageFiles, listImageFiles } from '../../image-files.ts';
import { readHeaders } from '../headers.ts';
import { digestOf, identityOf } from '../identity.ts';
import { type ImageSource, type ScanOptions, spread } from '../source.ts';

/** @param inputFolder where the inputs of image-to-image lie, or null. */
export function folderSource(folder: string, inputFolder: string | null): ImageSource {
  let listing: Promise<Listing> | null = null;
  const list = ({ signal }: ScanOptions) => {
    listing ??= listFolders(folder, inputFolder, signal);
    return listing;
  };
  return {
    name: folder,
    async identity(options) {
      const { files, labels, classNames, inputs } = await list(options);
      // Labels may stand in a file of their own.
      const lines = [await identityOf(folder, files, options), digestOf(labels, classNames)];
      if (inputFolder !== null && inputs) lines.push(inputFolder, await identityOf(inputFolder, inputs, options));
      return lines.join('\n');
    },
    async contents(options) {
      const { files, labels, classNames, lost, leftOut } = await list(options);
      const looked = spread(256, files.length);
      const sampled = looked.reduce((sum, i) => sum + sizeOf(join(folder, files[i]!)), 0);
      const bytes = Math.round((sampled / looked.length) * files.length);
      // Image-to-image asks for no labels, and its files pair by their names from the folder on.
      const lostLabels = inputFolder === null ? lost : null;
      return { count: files.length, labels, classNames, lostLabels, leftOut, bytes };
    },
    listsNames: true,
    async headers(atMost, options) {
      const { files, inputs } = await list(options);
      const chosen = spread(atMost, files.length);
      const images = await readHeaders(folder, chosen, files, options);
      const others = inputFolder !== null && inputs ? await readHeaders(inputFolder, chosen, inputs, options) : null;
      return { shapes: images.shapes, inputs: others?.shapes ?? null, unreadable: images.unreadable };
    },
    async *images(options) {
      const { files, inputs } = await list(options);
      for (let i = 0; i < files.length; i++) {
        const name = files[i]!;
        const image = { path: join(folder, name) };
        const input = inputFolder !== null && inputs ? { path: join(inputFolder, inputs[i]!) } : null;
        yield { name, image, ...(input && { input }) };
      }
    },
  };
}

interface Listing extends ImageFiles {
  /** The input of each file, relative to its own folder. */
  readonly inputs: readonly string[] | null;
}

async function listFolders(
  folder: string,
  inputFolder: string | null,
  signal: AbortSignal | undefined,
): Promise<Listing> {
  const images = await listImageFiles(folder, signal);
  if (inputFolder === null) return { ...images, inputs: null };
  const others = await listImageFiles(inputFolder, signal);
  const byStem = new Map(others.files.map((file) => [stem(file), file]));
  const inputs = images.files.map((file) => {
    const input = byStem.get(stem(file));
    if (input !== undefined) return input;
    throw new UserError(
      'data/no-pair',
      `${inputFolder} holds no image named ${stem(file)} for ${join(folder, file)}: add it, or remove the image.`,
      { subject: { path: inputFolder } },
    );
  });
  return { ...images, inputs };
}

/** "a/b.png" → "a/b": a photo and its drawing may be of different formats. */
const stem = (file: string) => file.slice(0, file.length - extname(file).length);

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
