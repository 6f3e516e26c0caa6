/** Programs that benchmarks start as processes of their own, relative to the folder that they run in. */
export const PROGRAM_FOLDER = 'dist/test/bench';

export const programs = {
  worker: `${PROGRAM_FOLDER}/worker.cjs`,
  matmul: `${PROGRAM_FOLDER}/matmul.cjs`,
  prepare: `${PROGRAM_FOLDER}/prepare.cjs`,
  devices: `${PROGRAM_FOLDER}/devices.cjs`,
  convolutions: `${PROGRAM_FOLDER}/convolutions.cjs`,
} as const;
