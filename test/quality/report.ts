/** QUALITY.md, from what was measured. */

import type { Metrics } from '../../sidecar/evaluation/report/judgements.ts';
import { REPEATED } from '../../sidecar/evaluation/resemblance.ts';
import { rate } from '../bench/words.ts';
import { type Goal, goals } from './goals.ts';
import { presets } from './presets.ts';
import type { QualityResult } from './results.ts';

type With<Kind extends Metrics['kind']> = QualityResult & { readonly metrics: Extract<Metrics, { kind: Kind }> };

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], texts = 1): string {
  return [row(head), row(head.map((_, at) => (at < texts ? '---' : '--:'))), ...rows.map(row)].join('\n');
}

const share = (value: number): string => `${(100 * value).toFixed(value > 0.9 ? 2 : 1)}%`;
const orDash = (value: number | undefined): string => (value === undefined ? '–' : share(value));

const kindOf =
  <Kind extends Metrics['kind']>(kind: Kind) =>
  (result: QualityResult): result is With<Kind> =>
    result.metrics?.kind === kind;

/** As the presets are listed, then by seed. */
const inOrder = (results: readonly QualityResult[]): QualityResult[] => {
  const place = ({ preset }: QualityResult) => presets.findIndex(({ id }) => id === preset);
  return [...results].sort((a, b) => place(a) - place(b) || a.seed - b.seed);
};

/** What every table begins with, and what it ends with. */
const trainingHead = ['dataset', 'preset', 'steps', 'minutes', 'device'];
const trainingCells = ({ dataset, preset, training, device }: QualityResult): string[] => [
  dataset,
  preset,
  training.steps.toLocaleString('en'),
  training.minutes.toFixed(1),
  device.name,
];
const lastHead = ['N', 'seed'];
const lastCells = ({ seed, metrics }: QualityResult): string[] => [
  (metrics?.samples ?? 0).toLocaleString('en'),
  String(seed),
];

function classifierTable(results: readonly With<'classifier'>[]): string {
  const head = [
    ...trainingHead,
    'FD-classifier',
    'of real images',
    'class asked for',
    'synthetic to real',
    'real to real',
    'class shares off by',
    ...lastHead,
  ];
  const rows = results.map((result) => {
    const { distance, realDistance, conditional, classVariation } = result.metrics;
    return [
      ...trainingCells(result),
      rate(distance),
      rate(realDistance),
      orDash(conditional?.accuracy),
      orDash(conditional?.syntheticToReal),
      orDash(conditional?.realToReal),
      share(classVariation),
      ...lastCells(result),
    ];
  });
  return markdownTable(head, rows, 2);
}

function modesTable(results: readonly With<'modes'>[]): string {
  const head = [
    ...trainingHead,
    'modes found',
    'of real images',
    'KL from equal shares',
    'of real images',
    'FD-classifier of channels',
    'of real images',
    ...lastHead,
  ];
  const rows = results.map((result) => {
    const { found, all, realFound, divergence, realDivergence, distance, realDistance } = result.metrics;
    return [
      ...trainingCells(result),
      `${found} of ${all}`,
      String(realFound),
      divergence.toFixed(3),
      realDivergence.toFixed(3),
      rate(distance),
      rate(realDistance),
      ...lastCells(result),
    ];
  });
  return markdownTable(head, rows, 2);
}

function resemblanceTable(results: readonly With<'resemblance'>[]): string {
  const head = [
    ...trainingHead,
    'repeated pairs',
    'of real images',
    'closest pair',
    'of real images',
    'nearest training image (least, median)',
    'of real images (median)',
    ...lastHead,
  ];
  const rows = results.map((result) => {
    const { repeated, realRepeated, closestPair, realClosestPair, nearestTraining, realNearestMedian } = result.metrics;
    return [
      ...trainingCells(result),
      String(repeated),
      String(realRepeated),
      closestPair.toFixed(3),
      realClosestPair.toFixed(3),
      `${nearestTraining.least.toFixed(3)}, ${nearestTraining.median.toFixed(3)}`,
      realNearestMedian.toFixed(3),
      ...lastCells(result),
    ];
  });
  return markdownTable(head, rows, 2);
}

function trainingTable(results: readonly QualityResult[]): string {
  const head = ['preset', 'ended', 'changed', 'losses at the end', 'images/s', 'waited for data', 'seed', 'date'];
  const rows = results.map(({ preset, training, overrides, seed, date, budgetMinutes }) => [
    preset,
    training.error ?? (training.end === 'stopped' ? `after ${budgetMinutes} minutes` : 'after its last step'),
    overrides.join(', ') || '–',
    training.losses.map(({ label, value }) => `${label} ${value.toPrecision(3)}`).join(', ') || '–',
    rate(training.imagesPerSecond),
    `${(100 * training.stall).toFixed(1)}%`,
    String(seed),
    date,
  ]);
  return markdownTable(head, rows, 4);
}

const goalsTable = (list: readonly Goal[]): string =>
  markdownTable(
    ['goal, within 15 minutes on 2 CPU cores', 'wanted', 'measured', 'met'],
    list.map(({ what, wanted, measured, met }) => [
      what,
      wanted,
      measured ?? 'not measured',
      measured === null ? '–' : met ? 'yes' : '**no**',
    ]),
  );

/** "Some CPU, 2 cores, 16 GiB of memory, Some Linux, Node.js 24.0.0", each machine once. */
function machinesText(results: readonly QualityResult[]): string {
  const texts = results.map(({ machine: { cpu, cores, memoryGiB, os, node }, device }) => {
    const accelerator = device.id === 'cpu' ? '' : `, ${device.name}`;
    return `${cpu}, ${cores} cores${accelerator}, ${memoryGiB} GiB of memory, ${os}, Node.js ${node}`;
  });
  return [...new Set(texts)].map((text) => `- ${text}`).join('\n');
}

/** "99.31% on MNIST, 90.85% on Fashion-MNIST". */
function classifiersText(results: readonly QualityResult[]): string {
  const byDataset = new Map<string, number>();
  for (const { dataset, metrics } of results) {
    if (metrics?.kind === 'classifier') byDataset.set(dataset, metrics.classifierAccuracy);
  }
  return [...byDataset].map(([dataset, accuracy]) => `${share(accuracy)} on ${dataset}`).join(', ');
}

const metricsText = (
  classifiers: string,
): string => `- **FD-classifier**: the Fréchet distance between normal distributions fitted to the features of N generated images and
  to those of the 10,000 images of the test set. The features are the 64 activations of the last hidden layer of a small
  convolutional network that this benchmark trains on the real training set. It is not FID, whose network is another,
  and its numbers compare only with others of the same dataset in this table. 0 is the same distribution; "of real
  images" is the distance of N images of the training set, which nothing can be expected to beat.
- The classifier's accuracy on the real test set: ${classifiers || 'not measured'}.
- **class asked for**: share of N generated images to which this classifier gives the class that the model was asked for;
  classes are asked for in equal parts. A dash: the model is not told a class.
- **synthetic to real**: accuracy on the real test set of a classifier that has seen nothing but N generated images,
  with the classes that were asked for; "real to real" is the same classifier after N real ones. A dash: without a class
  asked for there are no labels to learn from.
- **class shares off by**: total variation between the classifier's answers to the generated images and the classes of
  the training set: the share of images that would have to be of another class.
- **modes found**: stacked MNIST has a random digit in each of three channels, so 1,000 classes; the classifier of MNIST
  looks at each channel, and a mode counts once one image shows it. KL is that of the shares of the modes from equal ones.
  The classifier names a digit for noise too, so that an untrained model finds hundreds of modes: the FD-classifier beside
  them says how much the channels look like digits.
- **repeated pairs**: icons have no classes. Two images are the same if the root mean square difference of their visible
  pixels is below ${REPEATED} of the range. The nearest training image says whether the model repeats what it was shown; the
  least and the median over the generated images.

Samples are drawn with the weights of the last checkpoint (their average, where the preset has one) and with the seed of
the run; no sample was chosen. Where a preset's images are larger than 28×28, they and the test set are made smaller in
the same way before the classifier sees them.`;

/** The text of QUALITY.md. `pictures` are the presets that have one in media/presets. */
export function report(measured: readonly QualityResult[], pictures: readonly string[]): string {
  const results = inOrder(measured);
  const byClassifier = results.filter(kindOf('classifier'));
  const byModes = results.filter(kindOf('modes'));
  const byResemblance = results.filter(kindOf('resemblance'));
  const parts = [
    '# Quality',
    '<!-- Written by `npm run bench:quality:report`. -->',
    '`npm run bench:quality` trains the presets of `examples/` on real data, each for a stated time, and judges what they ' +
      'generate; `npm run bench:quality -- --help` says what it can be told. Measured on:',
    machinesText(results),
    '## Goals',
    goalsTable(goals(results)),
    '## Measured',
  ];
  if (byClassifier.length > 0) parts.push(classifierTable(byClassifier));
  if (byModes.length > 0) parts.push(modesTable(byModes));
  if (byResemblance.length > 0) parts.push(resemblanceTable(byResemblance));
  parts.push('## What the columns mean', metricsText(classifiersText(results)), '## Training', trainingTable(results));
  const shown = presets.filter(({ id }) => pictures.includes(id));
  if (shown.length > 0) {
    parts.push(
      '## Pictures',
      'The first samples of each preset, as they came; columns are classes where there are ten.',
    );
    parts.push(shown.map(({ id }) => `### ${id}\n\n![Samples of ${id}](media/presets/${id}.png)`).join('\n\n'));
  }
  return `${parts.join('\n\n')}\n`;
}
