/**
 * Decoded images on disk, one file for each state of a source and way of delivering it, so that an image
 * is decoded once for all epochs and runs. Runs may share a file, and make the same one at once.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { UserError } from '../../terms/errors.ts';
import { datasetCacheFolder } from '../cache-folder.ts';
import { explainFileError } from '../files.ts';
import { noneSkipped, SkipList } from '../skip-list.ts';
import { describeRange } from '../sources/numbers/pixel-range.ts';
import { type Contents, type ImageSource, noneReadable, type ScanOptions } from '../sources/source.ts';
import type { DecodeRule } from '../worker/messages.ts';
import { decodeAll, type Part } from './decode-all.ts';
import { finishImageFile, type ImageFile, type ImageFileHead, readImageFile, recordBytesOf } from './image-file.ts';

export interface BuildOptions extends ScanOptions {
  readonly log?: ((level: 'info' | 'warn' | 'error', message: string) => void) | undefined;
}

export interface CachedImages extends ImageFile {
  readonly path: string;
}

/** Changes whenever what is decoded from the same files would be another. */
const version = 4;
const ending = '.images';
/** A part that nobody has finished in this time belongs to a process that died. */
const ABANDONED_AFTER = 24 * 3600 * 1000;

/**
 * @param wishes all of the config that decides how images are delivered.
 * @param ruleOf the shapes, asked for only if images must be decoded.
 * @throws UserError if no image can be decoded or the disk has no room.
 */
export async function cachedImages(
  source: ImageSource,
  wishes: readonly unknown[],
  ruleOf: () => Promise<DecodeRule>,
  options: BuildOptions,
): Promise<CachedImages> {
  const folder = join(datasetCacheFolder(), 'images');
  const family = digest(JSON.stringify([source.name, wishes])).slice(0, 16);
  const state = digest(`${version}\n${await source.identity(options)}`).slice(0, 32);
  const path = join(folder, `${family}-${state}${ending}`);
  const known = await readImageFile(path);
  if (known) {
    // Other files may have come since; looking through an archive again would take longer than it tells.
    const { leftOut = known.head.leftOut } = source.listsNames ? await source.contents(options) : {};
    const found = { ...known, head: { ...known.head, leftOut } };
    report(source, found.head, options);
    return { path, ...found };
  }
  const rule = await ruleOf();
  await build(source, rule, path, options);
  const built = await readImageFile(path);
  if (!built)
    throw new UserError('data/cache', `${path} disappeared as soon as it was written: start again.`, {
      subject: { path },
    });
  await removeOthers(folder, family, path);
  report(source, built.head, options);
  return { path, ...built };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

async function build(source: ImageSource, rule: DecodeRule, path: string, options: BuildOptions): Promise<void> {
  const contents = await source.contents(options);
  const folder = dirname(path);
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await checkSpace(folder, contents.count * (recordBytesOf(rule) + 4));
    const file = await open(temporary, 'wx');
    try {
      await writeImages(file, source, rule, contents, options);
    } finally {
      await file.close();
    }
    await publish(temporary, path);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw explainFileError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

async function writeImages(
  file: FileHandle,
  source: ImageSource,
  rule: DecodeRule,
  { count, labels, classNames, lostLabels = null, leftOut = noneSkipped, values = null }: Contents,
  options: BuildOptions,
): Promise<void> {
  const skipped = new SkipList();
  const kept = new Int32Array(labels ? count : 0);
  let seen = 0;
  let whole = 0;
  const take = async ({ images, decoded }: Part) => {
    await file.writeFile(decoded.records);
    const failed = new Map(decoded.failed.map(({ at, reason }) => [at, reason]));
    images.forEach(({ name }, at) => {
      const reason = failed.get(at);
      if (reason === undefined) {
        if (labels) kept[whole] = labels[seen + at]!;
        whole++;
      } else {
        skipped.add(name, reason);
      }
    });
    seen += images.length;
    options.progress?.(seen, count, `Decoding ${source.name}`);
  };
  await decodeAll(source, rule, options, take);
  if (whole === 0) throw noneReadable(source.name, { count: skipped.count, first: skipped.listed[0] ?? null });
  const { image, input } = rule;
  const labelled = labels !== null;
  const { count: failed, listed } = skipped;
  const head: ImageFileHead = {
    count: whole,
    image,
    input,
    labelled,
    classNames,
    skipped: { count: failed, listed },
    leftOut: { count: leftOut.count, listed: leftOut.listed },
    lostLabels,
    values,
  };
  await finishImageFile(file, head, labels && kept.slice(0, whole));
}

/** Says in the log what is missing of the data, and what its numbers were taken for. */
function report(
  { name }: ImageSource,
  { leftOut, skipped, lostLabels, values }: ImageFileHead,
  { log }: BuildOptions,
): void {
  if (!log) return;
  if (values?.doubt) log('warn', `${name}: ${values.doubt}; set data.pixelRange if other values are black and white.`);
  else if (values) log('info', `${name}: ${describeRange(values, values.range)}.`);
  if (lostLabels) log('warn', `${name} has no labels: ${lostLabels.reason}.`);
  for (const { count, listed } of [leftOut, skipped]) {
    for (const { file, reason } of listed)
      log('warn', `Skipped ${isAbsolute(file) ? file : `${name}${sep}${file}`}: ${reason}.`);
    const more = count - listed.length;
    if (more > 0) log('warn', `Skipped ${more} more ${more === 1 ? 'file' : 'files'} like these in ${name}.`);
  }
}

/** @throws UserError if the disk of `folder` has less than `bytes` free. */
async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new UserError(
    'data/no-space',
    `The decoded images need ${gigabytes(bytes)} in ${folder}, where ${gigabytes(free)} are free: ` +
      'free some, set GAN_DATASETS_DIR to a folder on another disk, or use a smaller data.imageSize.',
  );
}

/** Renames; where another run was faster and has the file open (Windows), its file is as good. */
async function publish(temporary: string, path: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (!(await readImageFile(path))) throw error;
  }
}

/** Earlier states of the same source, and what died processes left. One that is in use may stay. */
async function removeOthers(folder: string, family: string, path: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const other = join(folder, name);
    const old = name.startsWith(`${family}-`) && name.endsWith(ending) && other !== path;
    const abandoned = name.endsWith('.part') && (await ageOf(other)) > ABANDONED_AFTER;
    if (old || abandoned) await rm(other, { force: true }).catch(() => {});
  }
}

const ageOf = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
