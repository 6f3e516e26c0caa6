/** Which numbers stand for black and white: `data.pixelRange`, or the usual range that the numbers fill. */

/** Black and white. */
export type PixelRange = readonly [black: number, white: number];

/** What all numbers of a dataset lie between. */
export interface Extent {
  readonly least: number;
  readonly greatest: number;
  /** Whether there is no fraction among them. */
  readonly whole: boolean;
}

export interface ChosenRange {
  readonly range: PixelRange;
  /** Why other numbers may be meant, as a sentence without its end; null where there is no doubt. */
  readonly doubt: string | null;
}

/** Numbers that were rounded may lie beyond a range's ends by this part of it: float16 has 11 bits. */
const slack = 2 ** -10;

/** Whole numbers that end here are of 4, 5, 6, 7, 10, 12, 14 or 16 bits, sums of 4×4 dots (0 to 16), or percent. */
const usualWhites = [15, 16, 31, 63, 100, 127, 1023, 4095, 16_383, 65_535];

/** Beyond the middle, 0 to 255 is as good as certain, and so are 0 to 1 and the like beyond these parts. */
const BRIGHT_BYTE = 128;
const BRIGHT_PART = 0.5;

/** Of a range with black below 0, numbers should reach this far to both sides. */
const BOTH_ENDS = 0.9;

/** A range whose numbers fill less of it is probably another's. */
const FAIR_PART = 0.1;

const round = (value: number) => Number(value.toPrecision(4));
const spelled = (low: number, high: number) => `${round(low)} to ${round(high)}`;

/** "values from 0 to 16, black is 0 and white 16": for logs and hovers. */
export const describeRange = ({ least, greatest }: Omit<Extent, 'whole'>, [black, white]: PixelRange): string =>
  `values from ${spelled(least, greatest)}, black is ${round(black)} and white ${round(white)}`;

const unusual = ({ least, greatest }: Extent, [black, white]: PixelRange): string =>
  `Values from ${spelled(least, greatest)} fill no usual range (0 to 255, 0 to 1, -1 to 1): ` +
  `black is taken to be ${round(black)} and white ${round(white)}`;

/**
 * The range that numbers of this extent have by themselves.
 * @param bytes whether they are stored as bytes, which mostly means 0 to 255.
 */
export function rangeOf(extent: Extent, bytes: boolean): ChosenRange {
  const { least, greatest, whole } = extent;
  const sure = (...range: PixelRange): ChosenRange => ({ range, doubt: null });
  const unsure = (...range: PixelRange): ChosenRange => ({ range, doubt: unusual(extent, range) });
  const within = (low: number, high: number) => {
    const beyond = slack * (high - low);
    return least >= low - beyond && greatest <= high + beyond;
  };
  if (greatest === least) return within(0, 1) && !bytes ? unsure(0, 1) : unsure(0, 255);
  if (within(0, 1)) return whole || greatest >= BRIGHT_PART ? sure(0, 1) : unsure(0, 1);
  if (whole && least >= 0) {
    if (greatest <= 255 && greatest >= BRIGHT_BYTE) return sure(0, 255);
    if (usualWhites.includes(greatest)) return sure(0, greatest);
    return bytes ? unsure(0, 255) : unsure(0, greatest);
  }
  if (within(-0.5, 0.5)) return unsure(-0.5, 0.5);
  if (within(-1, 1)) return least <= -BOTH_ENDS && greatest >= BOTH_ENDS ? sure(-1, 1) : unsure(-1, 1);
  if (whole && within(-128, 127) && least < -64 && greatest > 64) return sure(-128, 127);
  if (within(0, 255) && greatest >= BRIGHT_BYTE) return sure(0, 255);
  return unsure(Math.min(0, least), greatest);
}

/** The range that the config names, with a doubt where the numbers do not seem to be of it. */
export function rangeAsked(extent: Extent, range: PixelRange): ChosenRange {
  const { least, greatest } = extent;
  const [black, white] = range;
  const span = white - black;
  const found = `Values are from ${spelled(least, greatest)}`;
  const asked = `data.pixelRange (${spelled(black, white)})`;
  if (least < black - slack * span || greatest > white + slack * span) {
    return { range, doubt: `${found}: those beyond ${asked} become black or white` };
  }
  if (greatest > least && greatest - least < FAIR_PART * span) {
    return { range, doubt: `${found}, which is little of ${asked}` };
  }
  return { range, doubt: null };
}

/** Bytes of an image's numbers; those beyond the range become 0 or 255. */
export function byteOf([black, white]: PixelRange): (value: number) => number {
  const scale = 255 / (white - black);
  return (value) => Math.min(255, Math.max(0, Math.round((value - black) * scale)));
}
