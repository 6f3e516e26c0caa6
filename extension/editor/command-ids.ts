/** Every command the extension contributes; a test compares this list with package.json both ways. */
export const commandIds = [
  'gan.train',
  'gan.stop',
  'gan.pause',
  'gan.resume',
  'gan.openRun',
  'gan.newConfig',
  'gan.selectDevice',
  'gan.installCuda',
  'gan.showLog',
] as const;

export type CommandId = (typeof commandIds)[number];
