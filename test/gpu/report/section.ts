/** The part of BENCHMARKS.md that the kit's results make. */

import { markdownTable } from '../../bench/markdown.ts';
import { find, isMeasured, speedup } from '../../bench/ratios.ts';
import { speedText } from '../../bench/table.ts';
import { seconds } from '../../bench/words.ts';
import type { BenchNumbers } from '../items/bench.ts';
import type { DevicesNumbers } from '../items/devices.ts';
import { itemLines } from '../kit/summary.ts';
import type { ItemResult } from '../results.ts';

const HEADING = '## Training on a GPU';

const numbersOf = (results: readonly ItemResult[], word: string): unknown[] =>
  results.filter(({ item, numbers }) => item.split('-')[0] === word && numbers !== null).map(({ numbers }) => numbers);

function benchRows(all: BenchNumbers): string[][] {
  return all.models.flatMap(({ model, engines }) => {
    const ours = find(engines, 'webgpu');
    return engines.filter(isMeasured).map((each) => {
      const ratio = each === ours ? null : speedup(ours, each);
      const memory = each.gpu?.bytes ?? null;
      return [
        `${model}, ${all.batchSize}`,
        each.name,
        speedText(each, all),
        each.agrees ? (ratio === null ? '' : `${ratio.toFixed(2)}×`) : 'its losses differ',
        seconds(each.firstStepSeconds),
        memory === null ? '–' : `${(memory / 2 ** 30).toFixed(1)} GiB`,
        each.gpu?.kernels ? each.gpu.kernels.toFixed(0) : '–',
      ];
    });
  });
}

/**
 * The section, from results of a machine with a GPU.
 * @throws RangeError where WebGPU had no adapter, or only a software one, whose speed says nothing of a GPU
 */
export function gpuSection(results: readonly ItemResult[]): string {
  const [found] = numbersOf(results, 'devices') as (DevicesNumbers | undefined)[];
  const webgpu = found?.devices.find(({ id }) => id === 'webgpu');
  if (!found || !webgpu?.available)
    throw new RangeError('These results are of a machine on which WebGPU found no GPU.');
  if (webgpu.software) {
    throw new RangeError(
      `These results are of a software adapter (${webgpu.name}), which say nothing of a GPU's speed.`,
    );
  }
  const { machine, nvidia } = found;
  const date = results.find(({ item }) => item === 'devices')?.date ?? '';
  const gpu = nvidia?.[0];
  const drivers = gpu ? `; ${gpu.name}, driver ${gpu.driver_version}, ${gpu['memory.total']}` : '';
  const rows = (numbersOf(results, 'bench') as BenchNumbers[]).flatMap(benchRows);
  const head = [
    'model, images a step',
    'engine',
    'images/s',
    'webgpu is faster by',
    'first step',
    'GPU memory',
    'kernels a step',
  ];
  const others = results.filter(({ item }) => !/^(devices|bench)/.test(item));
  return [
    HEADING,
    `Measured on ${date}: ${webgpu.name}${drivers}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB of memory, ${machine.os}, Node.js ${machine.node}.`,
    '`npm run gpu:kit` makes what measured it, and `npm run gpu:report` writes this section from its results.',
    ...(rows.length > 0 ? [markdownTable(head, rows)] : []),
    ...others.map((result) => {
      const [first = '', ...lines] = itemLines(result, results).filter((line) => line !== '');
      return [`- ${first.trim()}`, ...lines.map((line) => `  - ${line.trim()}`)].join('\n');
    }),
  ].join('\n\n');
}

/** The section that `report` has; null where it has none. */
export function sectionOf(report: string): string | null {
  const begin = report.indexOf(`\n${HEADING}\n`);
  if (begin < 0) return null;
  const next = report.indexOf('\n## ', begin + HEADING.length);
  return report.slice(begin + 1, next < 0 ? undefined : next).trimEnd();
}

/** `report` with `section` in the place of the one it has, or before what it says of the editor, or at its end. */
export function withSection(report: string, section: string): string {
  const old = sectionOf(report);
  if (old !== null) return report.replace(old, () => section);
  const editor = report.indexOf('\n## In the editor\n');
  if (editor < 0) return `${report.trimEnd()}\n\n${section}\n`;
  return `${report.slice(0, editor + 1)}${section}\n\n${report.slice(editor + 1)}`;
}
