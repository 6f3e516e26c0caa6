/** Copies from this machine what others may lack. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** Libraries that a program loads, and the loader that starts it, by their names. */
function librariesOf(program: string): Map<string, string> {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  const files = [...(stdout ?? '').matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file ?? '');
  return new Map(files.map((file) => [path.basename(file), file]));
}

/** Through links, whose names programs ask for. */
const follow = (file: string, to: string) => copyFileSync(realpathSync(file), to);

/** xz with its libraries and the loader that starts it, so that it runs whatever is installed. */
export function copyUnpacker(folder: string): void {
  const { stdout } = spawnSync('which', ['xz'], { encoding: 'utf8' });
  const program = stdout.trim();
  mkdirSync(folder, { recursive: true });
  follow(program, path.join(folder, 'xz'));
  for (const [name, file] of librariesOf(program)) {
    follow(file, path.join(folder, name.startsWith('ld-linux') ? 'ld.so' : name));
  }
}

/** The Vulkan loader, where this machine has one. */
export function copyLoader(folder: string): void {
  const { stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' });
  const file = /libvulkan\.so\.1 .*x86-64.*=> (\S+)/.exec(stdout ?? '')?.[1];
  if (file === undefined) {
    console.log('There is no Vulkan loader here: the kit will need one where it runs.');
    return;
  }
  mkdirSync(folder, { recursive: true });
  follow(file, path.join(folder, 'libvulkan.so.1'));
}
