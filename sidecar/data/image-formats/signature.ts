/** Which format a file is of, by its first bytes and never by its name. */

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'tiff' | 'avif';

/** For messages. */
export const readableFormats = 'PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF';

/** Bytes at the start of a file that `formatOf` and `notAnImage` look at. */
export const signatureBytes = 512;

/** Bytes at any offset; shorter than asked for at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** Why a file is no image, in a few words for the list of skipped files. */
export class UnreadableImage extends Error {}

/** Sizes of the header that follows the file's own 14 bytes: BITMAPINFOHEADER and its longer versions. */
const bmpHeaderSizes = [40, 52, 56, 64, 108, 124];

/** @param head the first bytes of a file, `signatureBytes` of them if there are as many. */
export function formatOf(head: Buffer): ImageFormat | null {
  const text = head.toString('latin1', 0, 12);
  if (text.startsWith('\x89PNG')) return 'png';
  if (text.startsWith('\xff\xd8')) return 'jpeg';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'webp';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  // II or MM, then 42 for classic files and 43 for large ones.
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (isBmp(head)) return 'bmp';
  if (brandsOf(head).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return null;
}

/** "BM" alone may begin any text: the size of the header and the number of planes must fit as well. */
function isBmp(head: Buffer): boolean {
  if (head.length < 28 || head.toString('latin1', 0, 2) !== 'BM') return false;
  return bmpHeaderSizes.includes(head.readUInt32LE(14)) && head.readUInt16LE(26) === 1;
}

/** Brands of an ISO base media file (ISO/IEC 14496-12), the family of AVIF and HEIC; none for other files. */
function brandsOf(head: Buffer): string[] {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(head.length, head.readUInt32BE(0));
  const brands: string[] = [];
  // Between the main brand and the others stands a version.
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) brands.push(head.toString('latin1', at, at + 4));
  return brands;
}

/** What a file is instead, as far as a person would want to know. */
export function notAnImage(head: Buffer): UnreadableImage {
  return new UnreadableImage(insteadOf(head));
}

function insteadOf(head: Buffer): string {
  if (head.length === 0) return 'empty file';
  const text = head.toString('latin1');
  const tag =
    /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--[^>]*-->\s*)*<(!doctype html|html|head|body|!doctype svg|svg)\b/i;
  const found = tag.exec(text)?.[1]?.toLowerCase();
  if (found !== undefined)
    return found.endsWith('svg') ? 'an SVG drawing (save it as PNG)' : 'an HTML page, not an image';
  if (brandsOf(head).some((brand) => /^(hei[cmsx]|hev[cmx]|mif1|msf1)$/.test(brand))) {
    return 'a HEIC photo (save it as JPEG or PNG)';
  }
  if (text.startsWith('\xff\x0a') || text.startsWith('\0\0\0\x0cJXL ')) return 'a JPEG XL image (save it as PNG)';
  if (text.startsWith('%PDF')) return 'a PDF document, not an image';
  return `not a ${readableFormats} image`;
}
