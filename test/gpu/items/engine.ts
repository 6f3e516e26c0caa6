/** The engine's own suite on WebGPU. */
import { runItem } from './item.ts';
import { runSuite } from './suite.ts';

runItem(() => runSuite(() => import('../../engine/webgpu.test.ts')));
