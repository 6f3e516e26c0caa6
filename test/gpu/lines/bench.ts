import { isMeasured, speedup } from '../../bench/ratios.ts';
import { speedText } from '../../bench/table.ts';
import { seconds } from '../../bench/words.ts';
import type { BenchNumbers } from '../items/bench.ts';

/** Each engine's speed, compared with WebGPU's. */
export function benchLines(all: BenchNumbers): string[] {
  return all.models.flatMap(({ engines }) => {
    const measured = engines.filter(isMeasured);
    const ours = measured.find(({ engine }) => engine === 'webgpu') ?? null;
    return engines.map((each) => {
      if (!isMeasured(each)) return `${each.name}: ${each.reason}`;
      const ratio = each === ours ? null : speedup(ours, each);
      return [
        `${each.name}: ${speedText(each, all)} images/s`,
        ...(ratio === null ? [] : [`WebGPU has ${ratio.toFixed(2)} times as many`]),
        `first step ${seconds(each.firstStepSeconds)}`,
        ...(each.gpu?.bytes ? [`${(each.gpu.bytes / 2 ** 30).toFixed(1)} GiB of the GPU`] : []),
        ...(each.gpu?.kernels ? [`${each.gpu.kernels.toFixed(0)} kernels a step`] : []),
        `losses differ by ${each.difference.toExponential(1)}${each.agrees ? '' : ', which is too much'}`,
      ].join(', ');
    });
  });
}
