/** The text of a new config, with comments that say what to try. */
import { presets } from './presets.ts';
import type { ArchitectureName, Config } from './schema.ts';

export interface NewConfigOptions {
  readonly source: Config['data']['source'];
  /** Needed for idx and folder; relative to the config's folder, or absolute. */
  readonly path?: string;
  /** For idx. */
  readonly labels?: string;
  /** Pixels; for a folder the default is 32, which a CPU manages. */
  readonly imageSize?: number;
  /** The default is dcgan for a folder of images, else chapter-mlp-conv. */
  readonly architecture?: ArchitectureName;
  /** Batches larger than the dataset cannot be filled. */
  readonly batchSize?: number;
}

/** Forward slashes work everywhere and need no escapes. */
const portable = (path: string) => path.replaceAll('\\', '/');

const lengthLine = (architecture: ArchitectureName, source: Config['data']['source']): string => {
  if (source === 'digits') return '"steps": 2000, // a first result in minutes; more steps, better images';
  const { steps, epochs } = presets[architecture].training;
  return steps === null
    ? `"epochs": ${epochs}, // passes over the images`
    : `"steps": ${steps}, // updates of each network`;
};

/** Text of a config that is valid if its path exists and holds what `source` says. Comments included. */
export const newConfig = (options: NewConfigOptions): string => {
  const { source, path, labels } = options;
  const architecture = options.architecture ?? (source === 'folder' ? 'dcgan' : 'chapter-mlp-conv');
  const imageSize = options.imageSize ?? (source === 'folder' ? 32 : undefined);
  const data = [
    `"source": ${JSON.stringify(source)}`,
    path === undefined ? null : `"path": ${JSON.stringify(portable(path))}`,
    labels === undefined ? null : `"labels": ${JSON.stringify(portable(labels))}`,
    imageSize === undefined ? null : `"imageSize": ${imageSize}`,
  ].filter((line) => line !== null);
  return `{
  // Train it with the command "GAN: Train". Hover over a key to see what it means.
  "model": {
    "architecture": "${architecture}"
  },
  "data": {
    ${data.join(',\n    ')}
  },
  "training": {
    ${lengthLine(architecture, source)}
    "batchSize": ${options.batchSize ?? presets[architecture].training.batchSize} // images a step
  }
}
`;
};
