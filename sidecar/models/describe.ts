/** What the networks of a model consist of and cost, from shapes alone. */
import type { AdversarialArchitecture, ModelSpec } from './architecture.ts';
import { type ArchitectureName, architectures, refusalOf } from './index.ts';
import { discriminate, generate, generatorNames, isSpectral, valueLogits } from './networks.ts';
import { rasterOf } from './raster.ts';
import { elements, type Shape, ShapeLayers, type WeightSpec } from './shape-layers.ts';

export interface NetworkDescription {
  /** Trainable values; moving statistics of batch normalisation and the like are not counted. */
  readonly parameters: number;
  /** Every weight, in the order of the layers; of a growing network those of all its stages. */
  readonly weights: readonly WeightSpec[];
  /** Names of the weights that the network has at `spec.stage`: all, unless it grows. */
  readonly current: ReadonlySet<string>;
  /** Shape of what it returns at `spec.stage`, without the batch dimension. */
  readonly output: readonly number[];
}

export interface ModelDescription {
  /**
   * By name: "generator" (or "generator_1", "generator_2", … where there are several) and
   * "discriminator"; "encoder" and "decoder" of a variational model; "network" of an autoregressive one.
   */
  readonly networks: Readonly<Record<string, NetworkDescription>>;
  /** Trainable values of all networks together. */
  readonly parameters: number;
  /**
   * Bytes of layer outputs that a step makes at its fullest, float32: an update of the discriminator
   * (the generator once, the discriminator on real and on generated images), or one pass of the
   * other families. An engine that frees or fuses needs less.
   */
  readonly bytesPerBatch: number;
}

/** A network run over shapes, as one stage has it. */
interface Run {
  readonly layers: ShapeLayers;
  readonly output: readonly number[];
}

/** Describes the networks; throws RangeError where the architecture `refuses` the spec. */
export function describeModel(name: ArchitectureName, spec: ModelSpec, batchSize: number): ModelDescription {
  const architecture = architectures[name];
  const reason = refusalOf(name, spec);
  if (reason !== null) throw new RangeError(reason);
  const condition = vector(spec.classes);

  if (architecture.family === 'variational') {
    const encoder = run((layers) => architecture.encoder(layers, { dims: spec.example }, condition, spec).mean);
    const decoder = run((layers) => architecture.decoder(layers, { dims: [spec.latentSize] }, condition, spec));
    const values = encoder.layers.activations + decoder.layers.activations;
    return description({ encoder: described(encoder), decoder: described(decoder) }, 4 * batchSize * values);
  }
  if (architecture.family === 'autoregressive') {
    const network = run((layers) => valueLogits(layers, architecture, raster(spec), condition, spec));
    return description({ network: described(network) }, 4 * batchSize * network.layers.activations);
  }

  const stages = architecture.stages?.(spec) ?? [spec.stage];
  const generators = stages.map((stage) => runGenerator(architecture, { ...spec, stage }));
  const discriminators = stages.map((stage) => runDiscriminator(architecture, { ...spec, stage }));
  const now = stages.findIndex((stage) => sameShape(stage, spec.stage));
  if (now < 0) {
    const known = stages.map((stage) => stage.join('×')).join(', ');
    throw new RangeError(`${name} works on ${known}, never on ${spec.stage.join('×')}`);
  }
  const generator = described(generators[now] as Run, generators);
  const discriminator = described(discriminators[now] as Run, discriminators);
  const generated = batchSize * (generators[now]?.layers.activations ?? 0);
  const judged = (batchSize / spec.pac) * (discriminators[now]?.layers.activations ?? 0);
  return description(
    { ...Object.fromEntries(generatorNames(spec).map((each) => [each, generator])), discriminator },
    4 * (generated + 2 * judged),
  );
}

function runGenerator(architecture: AdversarialArchitecture, spec: ModelSpec): Run {
  const inputs = {
    latent: architecture.about.from === 'latent' ? { dims: [spec.latentSize] } : null,
    label: vector(spec.classes),
    source: madeFrom(architecture, spec),
    fade: fadeIn(architecture, spec),
  };
  return run((layers) => generate(layers, architecture, inputs, spec), isSpectral(spec, 'generator'));
}

function runDiscriminator(architecture: AdversarialArchitecture, spec: ModelSpec): Run {
  const inputs = {
    judged: { dims: packed(spec) },
    label: vector(spec.classes * spec.pac),
    source: madeFrom(architecture, spec),
    fade: fadeIn(architecture, spec),
  };
  return run(
    (layers) => discriminate(layers, architecture, inputs, spec, true).logits,
    isSpectral(spec, 'discriminator'),
  );
}

function madeFrom({ about: { from }, reduce }: AdversarialArchitecture, spec: ModelSpec): Shape | null {
  switch (from) {
    case 'latent':
      return null;
    case 'reduced':
      return reduce?.(new ShapeLayers(), { dims: spec.example }, spec) ?? null;
    case 'paired':
      return spec.source && { dims: spec.source };
  }
}

/** The first stage has none before it to fade from. */
function fadeIn({ stages }: AdversarialArchitecture, spec: ModelSpec): Shape | null {
  const [first = spec.stage] = stages?.(spec) ?? [];
  return sameShape(first, spec.stage) ? null : { dims: [] };
}

function run(network: (layers: ShapeLayers) => Shape, spectralNormalization = false): Run {
  const layers = new ShapeLayers({ spectralNormalization });
  const output = network(layers).dims;
  return { layers, output };
}

function described(now: Run, all: readonly Run[] = [now]): NetworkDescription {
  const byName = new Map(all.flatMap(({ layers }) => layers.weights.map((weight) => [weight.name, weight])));
  const weights = [...byName.values()];
  return {
    parameters: weights.reduce((sum, { trainable, shape }) => sum + (trainable ? elements(shape) : 0), 0),
    weights,
    current: new Set(now.layers.weights.map(({ name }) => name)),
    output: now.output,
  };
}

function description(networks: ModelDescription['networks'], bytesPerBatch: number): ModelDescription {
  const parameters = Object.values(networks).reduce((sum, network) => sum + network.parameters, 0);
  return { networks, parameters, bytesPerBatch };
}

/** Examples that are judged together stand side by side in the last dimension. */
const packed = ({ stage, pac }: ModelSpec) => stage.map((size, i) => (i === stage.length - 1 ? size * pac : size));

function raster({ example }: ModelSpec): Shape {
  const { height, width, values } = rasterOf(example);
  return { dims: [height, width, values] };
}

const sameShape = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);
const vector = (size: number): Shape | null => (size > 0 ? { dims: [size] } : null);
