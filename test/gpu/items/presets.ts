/** The first steps of every preset on WebGPU against the CPU: `presets [names of presets]`. */
import { argv } from 'node:process';
import { runItem } from './item.ts';
import { runSuite } from './suite.ts';

const [...names] = argv.slice(2);
const only = names.length > 0 ? new RegExp(` (${names.join('|')}):`) : undefined;

runItem(() => runSuite(() => import('../../webgpu/presets.test.ts'), only));
