/** The results as tables for the terminal. */
import { table } from '../../sidecar/cli/output.ts';
import { bestRate, fastestEager, isMeasured, type Measured, shareOfBound, speedup } from './ratios.ts';
import type { ModelResult, Results } from './results.ts';
import { summarise } from './statistics.ts';
import { gigaflops, percent, rate, seconds } from './words.ts';

/** "791 (780–801)", or "≈ 3.1" where a smaller step was scaled. */
export function speedText({ rounds, batchSize }: Measured, all: Results): string {
  const { median, lowest, highest } = summarise(rounds);
  if (batchSize !== all.batchSize) return `≈ ${rate(median)}`;
  return rounds.length === 1 ? rate(median) : `${rate(median)} (${rate(lowest)}–${rate(highest)})`;
}

const times = (ratio: number | null): string => (ratio === null ? '' : `${ratio.toFixed(2)}×`);

function modelTable(result: ModelResult, all: Results): string {
  const peer = fastestEager(result.engines);
  const head = ['', 'images/s', 'PyTorch =1', 'of bound', 'JS', 'first step', 'peak GiB', ''];
  const rows = result.engines.filter(isMeasured).map((each) => {
    const share = shareOfBound(each, result, all);
    return [
      each.engine,
      speedText(each, all),
      times(speedup(each, peer)),
      share === null ? '' : percent(share),
      each.javascriptShare === null ? '' : percent(each.javascriptShare),
      seconds(each.firstStepSeconds),
      (each.peakBytes / 2 ** 30).toFixed(2),
      each.agrees ? each.note : `its losses differ by ${each.difference.toExponential(1)}: not compared`,
    ];
  });
  const missing = result.engines.flatMap((each) =>
    each.status === 'missing' ? [`${each.engine}: ${each.reason}`] : [],
  );
  const operations = `${(result.operations / 1e9).toFixed(1)} GFLOP a step`;
  return [`\n${result.model} (${operations})`, table([head, ...rows]), ...missing].join('\n');
}

export function resultsTable(all: Results): string {
  const best = bestRate(all.bound);
  const bound = best === null ? [] : [`\nBound: ${gigaflops(best.rate)}, ${best.shape} in ${best.name}`];
  return [...bound, ...all.models.map((model) => modelTable(model, all))].join('\n');
}
