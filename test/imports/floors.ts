/** The floors of the house: imports go downwards only, types included, and never in a circle. */

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/**
 * From the ground up. A file may import from its own room and from rooms on floors below; rooms that share a
 * floor know nothing of each other. The longest name that fits decides where a file belongs.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['sidecar/terms'],
  ['sidecar/engine', 'sidecar/rpc'],
  ['sidecar/objectives', 'sidecar/augmentations', 'sidecar/modalities'],
  ['sidecar/keys'],
  ['sidecar/models', 'sidecar/data'],
  ['sidecar/config'],
  ['sidecar/runs'],
  ['sidecar/sampling'],
  ['sidecar/training'],
  ['sidecar/evaluation', 'sidecar/devices'],
  ['sidecar/session'],
  ['sidecar/cli'],
  ['sidecar'],
  ['webview/messages.ts'],
  ['webview/base'],
  ['webview/run'],
  ['webview/charts', 'webview/samples', 'webview/statistics', 'webview/header', 'webview/gallery'],
  ['webview/panel'],
  ['webview'],
  ['extension/editor', 'extension/configs'],
  ['extension/processes', 'extension/config-language'],
  ['extension/devices', 'extension/runs'],
  ['extension/panels'],
  ['extension/views'],
  ['extension'],
];

interface Place {
  readonly room: string;
  readonly floor: number;
}

const places = FLOORS.flatMap((rooms, floor) => rooms.map((room) => ({ room, floor })));

/** Where a file is, or undefined for one that has no room yet: a top folder holds its own files only. */
function placeOf(file: string): Place | undefined {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const within = (room: string) => (room.includes('/') ? file.startsWith(`${room}/`) : folder === room);
  const fitting = places.filter(({ room }) => file === room || within(room));
  return fitting.sort((a, b) => b.room.length - a.room.length)[0];
}

const homeless = (file: string) => `${file}:1: has no room: give it one in test/imports/floors.ts`;

/** Arrows that go up, or across between rooms of one floor. */
export function upwardArrows(arrows: readonly Arrow[]): string[] {
  const found = arrows.flatMap(({ from, to, line }) => {
    const [here, there] = [placeOf(from), placeOf(to)];
    if (here === undefined) return [homeless(from)];
    if (there === undefined || there.floor < here.floor || there.room === here.room) return [];
    const how = there.floor === here.floor ? 'stands on the same floor' : 'stands on a floor above';
    return [`${from}:${line}: import of '${to}': ${there.room} ${how} (test/imports/floors.ts)`];
  });
  return [...new Set(found)];
}

/** Every circle of files once, each file by way of which it closes. */
export function circles(arrows: readonly Arrow[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): void => {
    const at = way.indexOf(file);
    if (at >= 0) {
      found.push(
        `${[...way.slice(at), file].join(' → ')}: a circle of imports; give what they share a file of its own`,
      );
      return;
    }
    if (done.has(file)) return;
    way.push(file);
    for (const to of next.get(file) ?? []) visit(to);
    way.pop();
    done.add(file);
  };
  for (const file of next.keys()) visit(file);
  return found;
}
