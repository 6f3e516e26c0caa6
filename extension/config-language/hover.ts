/** Hovers with computed numbers. What a key means is in the schema, and the JSON engine shows it. */
import type { JSONPath } from 'jsonc-parser';
import { type Hover, MarkupKind } from 'vscode-languageserver';
import { dataOf } from '../../sidecar/config/data-rules/data-of.ts';
import { architectureDefaults } from '../../sidecar/config/defaults.ts';
import { keyAt, locationAt, nodeAt } from '../../sidecar/config/document.ts';
import { merged } from '../../sidecar/config/merged.ts';
import type { PartialConfig } from '../../sidecar/config/partial.ts';
import type { DataFacts } from '../../sidecar/data/facts.ts';
import { describeRange } from '../../sidecar/data/inspect.ts';
import { describeModel } from '../../sidecar/models/describe.ts';
import { architectures, refusalOf } from '../../sidecar/models/index.ts';
import { specOf } from '../../sidecar/models/spec.ts';
import { UserError } from '../../sidecar/terms/errors.ts';
import type { ConfigFile } from './config-file.ts';
import { bytes, channelNames, count } from './units.ts';

const factsOf = async (file: ConfigFile, config: PartialConfig): Promise<DataFacts | null> => {
  const data = dataOf(config, file.path);
  if (data === null) return null;
  return file.inspect(data).catch((error: unknown) => {
    if (error instanceof UserError) return null; // The diagnostics say why.
    throw error;
  });
};

/** generator_1 → Generator 1. */
const titled = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replace('_', ' ')}`;

const modelText = (config: PartialConfig, facts: DataFacts | null): string | null => {
  const { model, data, training } = config;
  const shape = shapeOf(data, facts);
  if (!model?.architecture || shape === null) return null;
  const defaults = architectureDefaults[model.architecture];
  const paired = architectures[model.architecture].about.from === 'paired';
  const spec = specOf(merged(defaults.model, model), {
    shape,
    sourceShape: paired ? [...shape.slice(0, -1), 1] : null,
    classNames: facts?.classNames ?? null,
  });
  if (refusalOf(model.architecture, spec) !== null) return null;
  const batchSize = training?.batchSize ?? defaults.training.batchSize;
  const { networks, bytesPerBatch } = describeModel(model.architecture, spec, batchSize);
  const classes = spec.classes > 0 ? `, ${spec.classes} classes` : '';
  return [
    `For ${shapeText(shape)}${classes}:`,
    '',
    ...Object.entries(networks).map(([name, { parameters }]) => `- ${titled(name)}: ${count(parameters)} parameters`),
    `- Memory for a batch of ${batchSize}: about ${bytes(bytesPerBatch)}`,
  ].join('\n');
};

/** What the data have, or what the config says of them where they cannot be read. */
const shapeOf = (data: PartialConfig['data'], facts: DataFacts | null): readonly number[] | null => {
  const size = data?.imageSize ?? facts?.shape[0];
  if (size === undefined) return null;
  return facts?.stored === null ? facts.shape : [size, size, data?.channels ?? facts?.shape[2] ?? 1];
};

/** "28×28 grey images", "rows of 2 numbers". */
const shapeText = (shape: readonly number[]): string =>
  shape.length === 3
    ? `${shape[0]}×${shape[1]} ${channelNames[shape[2] ?? 0] ?? ''} images`
    : `rows of ${shape.join('×')} numbers`;

/** ", 28×28, grey" as the files have them; nothing where examples are not images. */
const storedText = ({ stored }: DataFacts): string => {
  if (stored === null) return '';
  const size = stored.mixedSizes ? 'of several sizes' : `of ${stored.width}×${stored.height}`;
  return ` ${size}, ${stored.mixedChannels ? 'grey and colour' : channelNames[stored.channels]}`;
};

const dataText = (facts: DataFacts | null): string | null => {
  if (!facts) return null;
  const { size, modality, classNames, present } = facts;
  const number = Number.isFinite(size) ? `${count(size)} ${modality}` : `Endless ${modality}`;
  const classes = classNames ? `${classNames.length} classes` : 'no classes';
  const disk =
    facts.bytes === 0 ? '' : present ? `, ${bytes(facts.bytes)} on disk` : `, ${bytes(facts.bytes)} to download`;
  const { skipped, lostLabels, stored } = facts;
  const others = skipped.count === 1 ? 'one file' : `${count(skipped.count)} files`;
  const left = skipped.first ? `\n\nSkipped: ${others}, for example ${quoted(skipped.first)}.` : '';
  const lost = lostLabels ? `\n\nNo labels: ${escaped(lostLabels.reason)}.` : '';
  const numbers = stored?.values ? `\n\nNumbers: ${describeRange(stored.values, stored.values.range)}.` : '';
  return `${number}${storedText(facts)}, ${classes}${disk}.${numbers}${lost}${left}`;
};

/** Names of files are no Markdown. */
const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&');

const quoted = ({ file, reason }: { readonly file: string; readonly reason: string }) =>
  `${escaped(file)} (${escaped(reason)})`;

const isOneOf = (path: JSONPath, ...names: string[]) => names.includes(path.join('.'));

/** Null where there is nothing to compute, or too little to compute it from. */
export const hover = async (file: ConfigFile, offset: number): Promise<Hover | null> => {
  const location = locationAt(file.text, offset);
  if (!location) return null;
  const { path, isAtPropertyKey } = location;
  const { document, valid } = file.read;
  const node = isAtPropertyKey ? keyAt(document.root, path) : nodeAt(document.root, path);
  if (!node || node.type === 'object' || offset > node.offset + node.length) return null;
  const about = isOneOf(path, 'model', 'model.architecture')
    ? modelText(valid, await factsOf(file, valid))
    : isOneOf(path, 'data', 'data.source', 'data.path', 'data.pixelRange')
      ? dataText(await factsOf(file, valid))
      : null;
  return about === null ? null : { contents: { kind: MarkupKind.Markdown, value: about }, range: file.rangeOf(node) };
};
