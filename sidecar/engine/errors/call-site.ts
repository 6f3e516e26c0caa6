/** Where in the user's program an operation was called. */

import { fileURLToPath } from 'node:url';

/** Frames kept: what TensorFlow.js and a gradient put between an operation and its caller. */
const FRAMES = 40;

interface Captured {
  readonly stack?: string;
}

/** Keeps the present call stack, cheaply: its text, source maps included, is made when it is read. */
export function captureCall(): Captured {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const holder: Captured = {};
  Error.captureStackTrace(holder, captureCall);
  Error.stackTraceLimit = limit;
  return holder;
}

interface Place {
  readonly file: string;
  readonly line: string;
}

/** Reads `at name (path:line:column)`, or the same without a name. */
function placeOf(frame: string): Place | null {
  const text = frame.trim();
  if (!text.startsWith('at ')) return null;
  const where = text.endsWith(')') ? text.slice(text.lastIndexOf('(') + 1, -1) : text.replace(/^at (async )?/, '');
  const match = /^(.*):(\d+):\d+$/.exec(where);
  if (match === null) return null;
  const [, path, line] = match as unknown as [string, string, string];
  return { file: path.startsWith('file:') ? fileURLToPath(path) : path, line };
}

/** The engine's own files and packages, as frames name them; TensorFlow.js's source maps lead to its repository. */
const isOurs = (file: string): boolean =>
  /[\\/](sidecar[\\/]engine|node_modules|tfjs-[a-z-]+[\\/]src)[\\/]/.test(file) || file.startsWith('node:');

/** Without source maps this file is part of a bundle, whose frames tell nothing. */
function bundleFile(): string | null {
  const own = placeOf(captureHere().stack?.split('\n')[1] ?? '');
  return own === null || isOurs(own.file) ? null : own.file;
}

function captureHere(): Captured {
  const holder: Captured = {};
  Error.captureStackTrace(holder);
  return holder;
}

/** `file:line` of the innermost frame that is neither the engine's nor a package's; null if there is none. */
export function userLine(call: Captured | null): string | null {
  const bundle = bundleFile();
  for (const frame of call?.stack?.split('\n') ?? []) {
    const place = placeOf(frame);
    if (place !== null && !isOurs(place.file) && place.file !== bundle) return `${place.file}:${place.line}`;
  }
  return null;
}
