/** BENCHMARKS.md, from what was measured. */
import { type Goal, goals } from './goals.ts';
import { markdownTable } from './markdown.ts';
import { matmulShapes, shapeName } from './matmul-shapes.ts';
import { bestRate, fastestEager, find, isMeasured, type Measured, shareOfBound, speedup } from './ratios.ts';
import type { BoundResult, EngineResult, ModelResult, Results } from './results.ts';
import { speedText } from './table.ts';
import { gigaflops, percent, seconds } from './words.ts';

/** What a benchmark of the editor wrote. */
export interface EditorResults {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number };
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
}

export interface Measurements {
  readonly cpu: Results;
  /** The same benchmark on a machine with a GPU. */
  readonly gpu: Results | null;
  readonly typing: EditorResults | null;
  readonly panel: EditorResults | null;
  readonly start: EditorResults | null;
}

const times = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)}×`);

function machineText({ machine, date, threads, rounds, batchSize }: Results): string {
  const { cpu, cores, memoryGiB, os, node } = machine;
  const used = threads === cores ? 'all used by every engine' : `${threads} used by every engine`;
  return (
    `Measured on ${date}: ${cpu}, ${cores} cores (${used}), ${memoryGiB} GiB of memory, ${os}, Node.js ${node}. ` +
    `Batch ${batchSize}, ${rounds} rounds.`
  );
}

function goalsTable(list: readonly Goal[]): string {
  const measured = ({ measured, kind }: Goal) =>
    measured === null ? 'not measured' : kind === 'ratio' ? times(measured) : percent(measured);
  return markdownTable(
    ['goal', 'wanted', 'measured', 'met'],
    list.map((goal) => [
      goal.what,
      goal.wanted,
      measured(goal),
      goal.measured === null ? '–' : goal.met ? 'yes' : '**no**',
    ]),
  );
}

/** One measured engine's row; `ours` is what the others are compared with. */
function engineRow(each: Measured, ours: Measured | null, model: ModelResult, all: Results): string[] {
  const share = shareOfBound(each, model, all);
  const compared = each === ours ? '' : each.agrees ? times(speedup(ours, each)) : 'its losses differ';
  return [
    each.note === '' ? each.name : `${each.name} (${each.note})`,
    speedText(each, all),
    compared,
    share === null ? '–' : percent(share),
    each.javascriptShare === null ? '–' : percent(each.javascriptShare),
    seconds(each.firstStepSeconds) + (each.sessionSeconds === null ? '' : ` (${seconds(each.sessionSeconds)})`),
    `${(each.peakBytes / 2 ** 30).toFixed(1)} GiB`,
  ];
}

function operationsText({ operations, operationsByPyTorch }: ModelResult): string {
  const giga = (value: number) => `${(value / 1e9).toFixed(1)} GFLOP`;
  const byPyTorch =
    operationsByPyTorch === null
      ? ''
      : giga(operationsByPyTorch) === giga(operations)
        ? ', as PyTorch counts too'
        : `; PyTorch counts ${giga(operationsByPyTorch)}`;
  return `${giga(operations)} a step${byPyTorch}.`;
}

/** The engine whose speed the table compares: the GPU where there is one. */
const oursOf = (engines: readonly EngineResult[], gpu: boolean): Measured | null =>
  gpu ? (find(engines, 'cuda') ?? find(engines, 'webgpu')) : find(engines, 'cpu');

function modelSection(model: ModelResult, all: Results, gpu: boolean): string {
  const measured = model.engines.filter(isMeasured);
  const ours = oursOf(model.engines, gpu);
  const head = [
    'engine',
    'images/s',
    ours === null ? 'ratio' : `${ours.engine} is faster by`,
    'of the bound',
    'JavaScript',
    'first step (compiling)',
    'peak memory',
  ];
  const missing = model.engines.flatMap((each) =>
    each.status === 'missing' ? [`- ${each.name}: ${each.reason}`] : [],
  );
  const parts = [
    `### ${model.model}`,
    `${model.title[0]?.toUpperCase()}${model.title.slice(1)}: ${operationsText(model)}`,
    markdownTable(
      head,
      measured.map((each) => engineRow(each, ours, model, all)),
    ),
  ];
  if (missing.length > 0) parts.push(`Not measured:\n\n${missing.join('\n')}`);
  return parts.join('\n\n');
}

function boundSection(bound: readonly BoundResult[]): string {
  const best = bestRate(bound);
  if (best === null) return 'The bound was not measured.';
  const rows = matmulShapes.map((shape) => {
    const name = shapeName(shape);
    return [
      name,
      ...bound.map(({ rates }) => {
        const rate = rates[name];
        return rate === undefined ? '–' : gigaflops(rate);
      }),
    ];
  });
  return [
    `The bound is the fastest float32 matrix product of any engine on all cores: **${gigaflops(best.rate)}** ` +
      `(${best.shape}, ${best.name}). The best round of each, rows × inner length × columns:`,
    markdownTable(['product', ...bound.map(({ name }) => name)], rows),
  ].join('\n\n');
}

/** "slowdownPercent" → "slowdown percent". */
const heading = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function editorSection(title: string, { date, machine, rows }: EditorResults): string {
  const keys = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | null | undefined) =>
    value == null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;
  return [
    `### ${title}`,
    `Measured on ${date.slice(0, 10)}: ${machine.cpu}, ${machine.cores} cores.`,
    markdownTable(
      keys.map(heading),
      rows.map((each) => keys.map((key) => cell(each[key]))),
    ),
  ].join('\n\n');
}

/** Share of its speed that training loses to an open panel. */
export function panelSlowdown(panel: EditorResults | null): number | null {
  const slowdown = panel?.rows.find(({ what }) => what === 'panel open')?.slowdownPercent;
  return typeof slowdown === 'number' ? slowdown / 100 : null;
}

function gpuSummary(gpu: Results): string {
  const rows = gpu.models.map(({ model, engines }) => {
    const peer = fastestEager(engines, true);
    return [model, ...['webgpu', 'cuda'].map((id) => times(speedup(find(engines, id), peer)))];
  });
  return markdownTable(['images/s against PyTorch eager on CUDA', 'webgpu', 'cuda'], rows);
}

const method = ({
  tolerance: { first, later },
}: Results): string => `Every engine trains the same model from the same initial weights on the same images, one process each,
and takes its turn in every round; only one computes at a time. Before that, each trains three steps on the same noise
and dropout, and is compared with others only if its losses are ours to ${first} in the first step, and to ${later} in
the others, where Adam's first updates have made whole steps of rounding. Speeds are the median of the rounds with their range; a ratio is the median of the rounds'
own ratios. "≈" marks one step of 8 images, scaled, where a whole step would take minutes.

Operations are those of matrix products and convolutions by their definitions, two for each multiplication with its
addition, whatever an engine makes of them; one that convolves in the frequency domain needs fewer, and may so pass the
bound. "JavaScript" is the part of a step outside ONNX Runtime; "compiling" the part of the first step that ONNX Runtime
takes to build its session. PyTorch is written as a careful user writes it: weights of the network at rest are frozen,
the faster of both memory layouts is taken, Adam is fused where PyTorch can. Its peak memory is of both layouts tried.`;

/** The text of BENCHMARKS.md. */
export function report({ cpu, gpu, typing, panel, start }: Measurements): string {
  const parts = [
    '# Benchmarks',
    '<!-- Written by `npm run bench:report`. -->',
    machineText(cpu),
    '`npm run bench` measures it again, with what this machine has; `npm run bench -- --help` says what it can be told.',
    '## Goals',
    goalsTable(goals(cpu, panelSlowdown(panel))),
    '## Training on the CPU',
    method(cpu),
    ...cpu.models.map((model) => modelSection(model, cpu, false)),
    '## The bound',
    boundSection(cpu.bound),
  ];
  if (gpu !== null) {
    parts.push('## Training on a GPU', machineText(gpu), gpuSummary(gpu));
    parts.push(...gpu.models.map((model) => modelSection(model, gpu, true)));
  }
  if (typing !== null || panel !== null || start !== null) parts.push('## In the editor');
  if (typing !== null) parts.push(editorSection('Typing while training', typing));
  if (panel !== null) parts.push(editorSection('Training with the panel open', panel));
  if (start !== null) parts.push(editorSection('From GAN: Train to what it shows', start));
  return `${parts.join('\n\n')}\n`;
}
