/** The texts of `--help`. */
import { exitCodeMeanings } from '../runs/exit-codes.ts';
import { table } from './output.ts';

const lines = (rows: readonly (readonly string[])[]): string => table(rows.map((row) => ['', ...row]));

const changes = [
  ['--set KEY=VALUE', 'Change any value of the config, for example --set training.steps=300. Repeatable.'],
  ['--device DEVICE', 'auto, cpu, webgpu, cuda, dml, coreml or tensorflow; as --set device=DEVICE.'],
  ['--threads N', 'Threads of the CPU, from 1 to its cores (the default): fewer leave room for other work.'],
];
const json = ['--json', 'Print one JSON object a line, for programs.'];

const trainingEvents = `Events with --json, by "event":
${lines([
  ['start', 'run (folder), name, config, step, steps, seed, device, dataset'],
  ['metrics', 'step, seconds, images, imagesPerSecond, stall, and what run.json names in curves, …'],
  ['sample, checkpoint', 'step, file'],
  ['warning', 'message'],
  ['end', 'run, state (finished, stopped, failed), step, steps, error (code, message) or null'],
])}

Ctrl-C finishes the step, writes a checkpoint and ends; a second Ctrl-C quits at once.`;

export const commandHelp = {
  train: `Usage: gan train [config] [options]

Train the config (default: gan.config.json) in a new run folder, .gan/runs/<name>/<start time>.

${lines([['--run-dir DIR', 'Use this folder for the run; it may not hold one yet.'], ['--seed N', 'As --set training.seed=N.'], ...changes, json])}

${trainingEvents}
`,
  resume: `Usage: gan resume [run folder] [options]

Go on with a run from its newest checkpoint (default: the newest unfinished run under .gan/runs).
What the run recorded after that checkpoint is dropped and made anew.

${lines([['--checkpoint STEP', 'Go on from this checkpoint; later ones are deleted.'], ['--run-dir DIR', 'The run folder, as an option.'], ...changes, json])}

${trainingEvents}
`,
  new: `Usage: gan new <preset> [options]

Write the config of a preset, with comments that say where its numbers come from.

${lines([
  ['--data DATA', 'A folder or file of images to learn from, or digits, mnist or fashion-mnist.'],
  ['--out FILE', 'Where to write it (default: gan.config.json). It may not exist yet.'],
])}
`,
  presets: `Usage: gan presets [--json]

List the presets: ready configs for "gan new".
`,
  validate: `Usage: gan validate [configs…] [--json]

Print what is wrong with each config (default: gan.config.json) as
file:line:column severity code message. Exits with 2 if there are errors.
`,
  devices: `Usage: gan devices [options]
       gan devices --install DEVICE [--json]

List the devices that can train here, each with its memory and its speed in matrix products, measured for
a moment; for the others, why not and what would make them work.

${lines([
  ['--no-measure', 'Only try each device; leave the speeds out.'],
  ['--threads N', 'Measure the CPU with so many threads, from 1 to its cores (the default).'],
  ['--install DEVICE', 'Fetch what a device lacks, for example cuda. Ctrl-C cancels.'],
  ['--json', 'Print one JSON object a line, for programs.'],
])}

Events with --json, by "event":
${lines([
  ['device', 'id, name, available, software, memory (bytes), gflops, goodFor, reason, remedy, installable'],
  ['progress', 'received, total (bytes; total may be null)'],
  ['installed', 'device, message'],
  ['error', 'code, message'],
])}
`,
  runs: `Usage: gan runs [folder] [--json]

List the runs under .gan/runs of the folder (default: this one), newest first.
`,
} as const;

export type CommandName = keyof typeof commandHelp;

export const generalHelp = `Usage: gan <command> [options]

Train generative models of images from a gan.config.json.

${lines([
  ['train', 'Train a config.'],
  ['resume', 'Go on with a run from a checkpoint.'],
  ['new', 'Write a config from a preset.'],
  ['presets', 'List the presets.'],
  ['validate', 'Check configs without training.'],
  ['devices', 'List the devices that can train.'],
  ['runs', 'List the runs of this folder.'],
])}

gan <command> --help says more; gan --version prints the version.

Exit codes:
${lines(Object.entries(exitCodeMeanings))}

GAN_DEBUG=1 in the environment adds the stack to errors that are a fault of this program.
`;
