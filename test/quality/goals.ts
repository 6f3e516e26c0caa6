/** What the presets are to reach on two CPU cores, and whether they do. */
import { presetList } from '../../sidecar/config/preset-list.ts';
import type { ClassifierMetrics, Metrics } from '../../sidecar/evaluation/report/judgements.ts';
import { percent } from '../bench/words.ts';
import type { QualityResult } from './results.ts';

export interface Goal {
  readonly what: string;
  readonly wanted: string;
  /** Null where it was not measured. */
  readonly measured: string | null;
  readonly met: boolean;
}

/** Minutes; the last step before the stop may be over the time. */
const TIME = 15;
const SLACK = 0.5;

/** Presets of MNIST, at least one for each objective and regulariser. */
export const objectivePresets: readonly string[] = [
  ...presetList.filter(({ group }) => group === 'Objectives').map(({ id }) => id),
  'r3gan',
  'vae',
  'pixelcnn',
];

type Of<Kind extends Metrics['kind']> = Extract<Metrics, { readonly kind: Kind }>;

const inTime = ({ device, training }: QualityResult): boolean =>
  device.id === 'cpu' && training.minutes <= TIME + SLACK;

const circumstances = ({ device, training }: QualityResult): string =>
  `${training.minutes.toFixed(1)} minutes on ${device.name}`;

const metricsOf = <Kind extends Metrics['kind']>({ metrics }: QualityResult, kind: Kind): Of<Kind> | null =>
  metrics?.kind === kind ? (metrics as Of<Kind>) : null;

/** The worst of a preset's seeds by `value`, which is null where there is none. */
function worstSeeds(results: readonly QualityResult[], value: (result: QualityResult) => number | null) {
  const worst = new Map<string, { readonly result: QualityResult; readonly value: number }>();
  for (const result of results) {
    const found = value(result);
    if (found === null) continue;
    const before = worst.get(result.preset);
    if (before === undefined || found < before.value) worst.set(result.preset, { result, value: found });
  }
  return [...worst.values()];
}

/** The preset of `dataset` with the highest share; those that were in time come first. */
function shareGoal(
  what: string,
  wanted: number,
  results: readonly QualityResult[],
  dataset: string,
  share: (conditional: NonNullable<ClassifierMetrics['conditional']>) => number,
): Goal {
  const all = worstSeeds(
    results.filter((result) => result.dataset === dataset),
    (result) => {
      const conditional = metricsOf(result, 'classifier')?.conditional ?? null;
      return conditional && share(conditional);
    },
  );
  const best = all.sort((a, b) => Number(inTime(b.result)) - Number(inTime(a.result)) || b.value - a.value)[0];
  return {
    what,
    wanted: `at least ${100 * wanted}%`,
    measured: best ? `${percent2(best.value)} (${best.result.preset}, ${circumstances(best.result)})` : null,
    met: best !== undefined && best.value >= wanted && inTime(best.result),
  };
}

function modesGoal(results: readonly QualityResult[]): Goal {
  const least = 990;
  const [worst] = worstSeeds(results, (result) => metricsOf(result, 'modes')?.found ?? null);
  const all = worst && metricsOf(worst.result, 'modes')?.all;
  return {
    what: 'stacked MNIST, R3GAN: modes found in 26,000 samples',
    wanted: `at least ${least}; if not within the time, in how long`,
    measured: worst ? `${worst.value} of ${all} (${circumstances(worst.result)})` : null,
    met: worst !== undefined && worst.value >= least,
  };
}

function repetitionGoal(results: readonly QualityResult[]): Goal {
  const ours = results.filter(({ preset }) => preset === 'icons');
  const [worst] = worstSeeds(ours, (result) => {
    const metrics = metricsOf(result, 'resemblance');
    return metrics && -metrics.repeated;
  });
  return {
    what: 'icons 32×32×4, R3GAN with augmentation: repeated images in a grid of 64 (the picture shows whether they are icons)',
    wanted: 'none',
    measured: worst ? `${worst.value === 0 ? 'none' : -worst.value} (${circumstances(worst.result)})` : null,
    met: worst !== undefined && worst.value === 0 && inTime(worst.result),
  };
}

/** Every preset, every seed. */
function objectivesGoal(results: readonly QualityResult[]): Goal {
  const measured = objectivePresets.filter((id) => results.some(({ preset }) => preset === id));
  const sound = measured.filter((id) =>
    results
      .filter(({ preset }) => preset === id)
      .every(
        (result) => result.training.end !== 'failed' && Number.isFinite(metricsOf(result, 'classifier')?.distance),
      ),
  );
  const broken = objectivePresets.filter((id) => !sound.includes(id));
  return {
    what: 'every objective on MNIST: no NaN, and an FD-classifier',
    wanted: `all ${objectivePresets.length}`,
    measured: measured.length === 0 ? null : `${sound.length}${broken.length > 0 ? ` (not ${broken.join(', ')})` : ''}`,
    met: broken.length === 0,
  };
}

/** Two digits after the point where a whole percent would hide the difference. */
const percent2 = (share: number): string => (share > 0.9 ? `${(100 * share).toFixed(2)}%` : percent(share));

export function goals(results: readonly QualityResult[]): Goal[] {
  return [
    shareGoal(
      'MNIST, best conditional preset: samples to which the classifier gives the class asked for',
      0.97,
      results,
      'MNIST',
      ({ accuracy }) => accuracy,
    ),
    shareGoal(
      'MNIST: accuracy on real images of a classifier trained on 10,000 generated ones',
      0.96,
      results,
      'MNIST',
      ({ syntheticToReal }) => syntheticToReal,
    ),
    modesGoal(results),
    shareGoal(
      'Fashion-MNIST: the same accuracy',
      0.8,
      results,
      'Fashion-MNIST',
      ({ syntheticToReal }) => syntheticToReal,
    ),
    repetitionGoal(results),
    objectivesGoal(results),
  ];
}
