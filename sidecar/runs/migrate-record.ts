/** Run records of earlier format versions, as this one reads them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleLayout } from '../terms/preview.ts';
import { RECORD_VERSION, type RunRecord } from '../terms/run-record.ts';
import { CONFIG_FILE } from './layout.ts';

/** Version 1, as programs up to 0.3 wrote it. */
export type RecordV1 = Omit<RunRecord, 'version' | 'dataset' | 'samples' | 'curves'> & {
  readonly version: 1;
  readonly dataset: {
    readonly name: string;
    readonly size: number | null;
    readonly imageSize: number;
    readonly channels: number;
    readonly classes: number;
  } | null;
  /** Left out before records named them. */
  readonly curves?: RunRecord['curves'];
};

const CURVES: RunRecord['curves'] = [
  { metric: 'generatorLoss', label: 'Generator' },
  { metric: 'discriminatorLoss', label: 'Discriminator' },
];

/** Pixels around and between the images of a grid. */
const MARGIN = 2;

/** What made images from images, of which grids showed input, generated and real image. */
const TRANSLATIONS = new Set<unknown>(['super-resolution', 'image-to-image']);

/** @param record of the run in `runDirectory`, whose config tells what version 1 does not. */
export async function migrateRecord(record: RecordV1, runDirectory: string): Promise<RunRecord> {
  const { dataset } = record;
  return {
    curves: CURVES,
    ...record,
    version: RECORD_VERSION,
    dataset: dataset && {
      name: dataset.name,
      size: dataset.size,
      unit: 'images',
      shape: [dataset.imageSize, dataset.imageSize, dataset.channels],
      classes: dataset.classes,
    },
    samples: dataset && {
      kind: 'grid',
      columns: await columnsOf(runDirectory),
      pitch: dataset.imageSize + MARGIN,
    },
  };
}

async function columnsOf(runDirectory: string): Promise<SampleLayout['columns']> {
  try {
    const config = JSON.parse(await readFile(join(runDirectory, CONFIG_FILE), 'utf8')) as {
      readonly model?: { readonly architecture?: unknown };
    };
    return TRANSLATIONS.has(config.model?.architecture) ? ['input', 'generated', 'real'] : [];
  } catch {
    return [];
  }
}
