/** Every code that a UserError can have, once, with what those who meet it go by. */

/** What the exit codes of `gan` tell apart; `exit-codes.ts` has the numbers. */
type Exit = 'failed' | 'config' | 'data' | 'device' | 'run';

/** What helps a person most; those who show an error have a button or a sentence for each. */
export type ErrorOffer =
  | 'edit-config'
  | 'choose-device'
  | 'resume'
  | 'smaller-batch'
  | 'lower-rates'
  | 'choose-runtime'
  | 'new-config'
  | 'trust'
  | 'open-folder';

/** What follows from a code. */
export interface ErrorKind {
  /** What the error is about; what a code says before its slash. */
  readonly area: string;
  readonly exit: Exit;
  /** How the editor says it: as a failure, as advice, or in the log alone. */
  readonly tone: 'failure' | 'advice' | 'silent';
  readonly offer: ErrorOffer | null;
}

const kind = (area: string, exit: Exit, offer: ErrorOffer | null = null, tone: ErrorKind['tone'] = 'failure') =>
  ({ area, exit, tone, offer }) satisfies ErrorKind;

/** What holds for all codes of an area of which the table says nothing else. */
const areas = {
  usage: kind('usage', 'config'),
  internal: kind('internal', 'failed'),
  config: kind('config', 'config', 'edit-config'),
  model: kind('model', 'config', 'edit-config'),
  data: kind('data', 'data', 'edit-config'),
  training: kind('training', 'failed'),
  device: kind('device', 'device', 'choose-device'),
  /** Of older versions. */
  engine: kind('engine', 'device', 'choose-device'),
  runs: kind('runs', 'run'),
  checkpoint: kind('checkpoint', 'run'),
  evaluation: kind('evaluation', 'failed'),
  sidecar: kind('sidecar', 'failed'),
  editor: kind('editor', 'failed', null, 'advice'),
} satisfies Readonly<Record<string, ErrorKind>>;

const { usage, internal, config, model, data, training, device, runs, checkpoint, evaluation, sidecar, editor } = areas;

/** Code → what follows from it. */
export const errorKinds = {
  usage,
  internal,

  'config/invalid': config,
  'config/no-presets': config,
  'config/override': config,
  'config/unreadable': config,
  'config/unwritable': config,

  'model/image-size': model,
  'model/no-labels': model,
  'model/no-sources': model,
  'model/other-examples': model,
  'model/refused': model,
  'model/sources': model,

  'data/array-shape': data,
  'data/array-type': data,
  'data/array-values': data,
  'data/bad-label': data,
  'data/bad-table': data,
  'data/cache': data,
  'data/channels': data,
  'data/closed': data,
  'data/corrupt-gzip': data,
  'data/download': data,
  'data/empty-file': data,
  'data/empty-folder': data,
  'data/encrypted': data,
  'data/image-library': data,
  'data/images-as-labels': data,
  'data/input-source': data,
  'data/label-count': data,
  'data/labels-as-images': data,
  'data/missing': data,
  'data/mixed-channels': data,
  'data/mixed-sizes': data,
  'data/no-array': data,
  'data/no-column': data,
  'data/no-images': data,
  'data/no-input-path': data,
  'data/no-label-column': data,
  'data/no-pair': data,
  'data/no-path': data,
  'data/no-permission': data,
  'data/no-readable-image': data,
  'data/no-space': data,
  'data/no-table': data,
  'data/not-a-file': data,
  'data/not-a-folder': data,
  'data/not-a-tar': data,
  'data/not-a-zip': data,
  'data/not-an-array': data,
  'data/not-an-npz': data,
  'data/not-parquet': data,
  'data/parquet-codec': data,
  'data/pixel-range': data,
  'data/shard-columns': data,
  'data/too-large': data,
  'data/too-many-open-files': data,
  'data/trailing-bytes': data,
  'data/truncated': data,
  'data/truncated-gzip': data,
  'data/two-formats': data,
  'data/wrong-magic': data,
  'data/wrong-size': data,

  'training/endless-epochs': training,
  'training/not-finite': { ...training, offer: 'lower-rates' },

  'device/install-failed': device,
  'device/lost': { ...device, offer: 'resume' },
  'device/not-installable': device,
  'device/out-of-memory': { ...device, offer: 'smaller-batch' },
  'device/unavailable': device,

  'runs/bad-checkpoint': runs,
  'runs/bad-run': runs,
  'runs/connection-lost': runs,
  'runs/disk': runs,
  'runs/exists': runs,
  'runs/finished': runs,
  'runs/in-use': runs,
  'runs/lease-lost': runs,
  'runs/no-answer': runs,
  'runs/no-checkpoint': runs,
  'runs/no-run': runs,
  'runs/not-running': runs,
  'runs/other-version': runs,
  'runs/refused': runs,
  'runs/socket': runs,
  'runs/wrong-version': runs,

  'checkpoint/mismatch': checkpoint,

  'evaluation/mismatch': evaluation,
  'evaluation/needs': evaluation,
  'evaluation/not-finite': evaluation,
  'evaluation/too-few': evaluation,

  'sidecar/cancelled': { ...sidecar, tone: 'silent' },
  'sidecar/command-failed': sidecar,
  'sidecar/crashed': { ...sidecar, offer: 'choose-runtime' },
  'sidecar/ended-early': sidecar,
  'sidecar/no-answer': { ...sidecar, offer: 'choose-runtime' },
  'sidecar/no-runtime': { ...sidecar, offer: 'choose-runtime' },
  'sidecar/other-machine': sidecar,

  'editor/already-installing': editor,
  'editor/already-starting': editor,
  'editor/already-training': editor,
  'editor/config-errors': editor,
  'editor/no-config': { ...editor, offer: 'new-config' },
  'editor/no-folder': { ...editor, offer: 'open-folder' },
  'editor/no-preset': editor,
  'editor/no-run': editor,
  'editor/not-editable': editor,
  'editor/not-on-disk': editor,
  'editor/not-saved': editor,
  'editor/restricted': { ...editor, offer: 'trust' },
  'editor/wrong-state': editor,
} satisfies Readonly<Record<string, ErrorKind>>;

/** What this program may throw for a code. */
export type ErrorCode = keyof typeof errorKinds;

declare const foreign: unique symbol;

/** A code of another version of the program, which this one only passes on. */
export type ForeignCode = string & { readonly [foreign]: true };

/** Whether this version of the program has the code. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorKinds, code);

/** Whether a code is a certain one of ours: unlike `===`, no misspelt one compiles beside codes from outside. */
export const isCode = (code: string, wanted: ErrorCode): boolean => code === wanted;

/** A code that a process or a file has brought. */
export const codeFromOutside = (code: string): ErrorCode | ForeignCode =>
  isErrorCode(code) ? code : (code as ForeignCode);

const isArea = (area: string): area is keyof typeof areas => Object.hasOwn(areas, area);

/** What follows from a code, also from one of another version: of that, what holds for its area, if that is known. */
export function errorKindOf(code: string): ErrorKind {
  if (isErrorCode(code)) return errorKinds[code];
  const area = code.split('/')[0] ?? '';
  return isArea(area) ? areas[area] : internal;
}
