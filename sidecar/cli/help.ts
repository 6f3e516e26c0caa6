/** The texts of `--help`. */
import { exitCodeMeanings } from '../terms/exit-codes.ts';
import { table } from './output.ts';

const lines = (rows: readonly (readonly string[])[]): string => table(rows.map((row) => ['', ...row]));

const changes = [
  ['--set KEY=VALUE', 'Change any value of the config, for example --set training.steps=300. Repeatable.'],
  ['--device DEVICE', 'auto, cpu, webgpu, cuda, dml, coreml or tensorflow; as --set device=DEVICE.'],
  ['--threads N', 'Number of CPU threads, at most one per core (the default): fewer leave room for other work.'],
];
const json = ['--json', 'Print one JSON object per line, for programs.'];

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

${lines([['--run-dir DIR', 'Use this folder for the run; it must not hold one yet.'], ['--seed N', 'As --set training.seed=N.'], ...changes, json])}

${trainingEvents}
`,
  resume: `Usage: gan resume [run folder] [options]

Continue a run from its newest checkpoint (default: the newest unfinished run under .gan/runs).
What the run recorded after that checkpoint is discarded and recorded again.

${lines([['--checkpoint STEP', 'Continue from this checkpoint; later ones are deleted.'], ['--run-dir DIR', 'The run folder, as an option.'], ...changes, json])}

${trainingEvents}
`,
  new: `Usage: gan new <preset> [options]

Write the config of a preset, with comments that say where its numbers come from.

${lines([
  ['--data DATA', 'A folder or file of images to train on, or digits, mnist or fashion-mnist.'],
  ['--out FILE', 'Where to write it (default: gan.config.json). It must not exist yet.'],
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

List the devices that can train on this machine, with their memory and a brief measurement of their speed in
matrix products; for the others, why they cannot and what would make them work.

${lines([
  ['--no-measure', 'Only check each device; do not measure speeds.'],
  ['--threads N', 'Number of CPU threads to measure with, at most one per core (the default).'],
  ['--install DEVICE', 'Download what a device is missing, for example cuda. Ctrl-C cancels.'],
  ['--json', 'Print one JSON object per line, for programs.'],
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
  ['resume', 'Continue a run from a checkpoint.'],
  ['new', 'Write a config from a preset.'],
  ['presets', 'List the presets.'],
  ['validate', 'Check configs without training.'],
  ['devices', 'List the devices that can train.'],
  ['runs', 'List the runs of this folder.'],
])}

gan <command> --help says more; gan --version prints the version.

Exit codes:
${lines(Object.entries(exitCodeMeanings))}

GAN_DEBUG=1 in the environment adds the stack trace to errors that are bugs in this program.
`;
