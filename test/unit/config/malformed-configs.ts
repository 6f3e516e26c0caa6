/** Configs that are wrong in every way we could think of, from a fixed seed. */
import fc from 'fast-check';

const sound: readonly Record<string, unknown>[] = [
  { model: { architecture: 'dcgan' }, data: { source: 'digits' }, training: { steps: 9 } },
  {
    name: 'all keys',
    model: {
      architecture: 'dcgan',
      latentSize: 64,
      baseChannels: 32,
      conditional: true,
      conditioning: 'embedding',
      normalization: { generator: 'batch', discriminator: 'layer' },
      spectralNormalization: 'discriminator',
      selfAttention: true,
      dropout: 0.1,
      minibatch: 'standard-deviation',
      pac: 2,
    },
    objective: {
      loss: 'non-saturating',
      labelSmoothing: 0.1,
      penalties: { r1: 1, lecam: 0.1 },
      featureMatching: 1,
      diversity: 1,
    },
    augmentation: { operations: ['translation', 'cutout'], probability: 0.5, instanceNoise: 0.1 },
    data: { source: 'digits', imageSize: 32, channels: 3, augment: { shift: 2 } },
    optimizer: {
      generator: { kind: 'adam', learningRate: 0.0002, beta1: 0.5, beta2: 0.9, clipNorm: 1 },
      discriminator: { kind: 'rmsprop', learningRate: 0.0004, decay: 0.9, l2: 0.001 },
    },
    training: {
      steps: 500,
      batchSize: 16,
      seed: 3,
      schedule: { kind: 'step', everyImages: 1000, factor: 0.5, warmupImages: 100 },
      burnIn: { images: 100, learningRate: 2, penalty: 10, beta2: 0.5 },
      emaHalfLife: 1000,
    },
    monitor: {
      logEvery: 5,
      sampleEvery: 50,
      sampleEverySeconds: 9,
      checkpointEvery: 50,
      keepCheckpoints: 2,
      gridSize: 5,
    },
    device: 'cpu',
  },
];

type Path = readonly string[];

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))]
    : [path];

const isGroup = (config: unknown, path: Path) => {
  const value = at(config, path);
  return typeof value === 'object' && !Array.isArray(value);
};

const at = (config: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);

/** JSON text of the config in which the value at the path is written as given, valid JSON or not. */
const written = (config: unknown, path: Path, raw: string, marker = '\u0001'): string => {
  if (path.length === 0) return raw;
  const copy = structuredClone(config);
  (at(copy, path.slice(0, -1)) as Record<string, unknown>)[path.at(-1)!] = marker;
  return JSON.stringify(copy, null, 2).replace(JSON.stringify(marker), () => raw);
};

const config = fc.constantFrom(...sound);
const inConfig = (wanted: (config: unknown, path: Path) => boolean) =>
  config.chain((chosen) =>
    fc.tuple(fc.constant(chosen), fc.constantFrom(...pathsOf(chosen).filter((path) => wanted(chosen, path)))),
  );

const anyPath = inConfig(() => true);
const group = inConfig(isGroup);
const leaf = inConfig((chosen, path) => !isGroup(chosen, path));
const numeric = inConfig((chosen, path) => typeof at(chosen, path) === 'number');

const truncated = fc.tuple(config, fc.double({ min: 0, max: 0.99, noNaN: true })).map(([chosen, part]) => {
  const text = JSON.stringify(chosen, null, 2);
  return text.slice(0, Math.floor(part * text.length));
});

const randomBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes));

const randomBytesInside = fc
  .tuple(config, fc.double({ min: 0, max: 0.99, noNaN: true }), fc.uint8Array({ minLength: 8, maxLength: 40 }))
  .map(([chosen, part, bytes]) => {
    const text = JSON.stringify(chosen);
    const cut = Math.floor(part * text.length);
    return `${text.slice(0, cut)}\u0000${new TextDecoder().decode(bytes)}${text.slice(cut)}`;
  });

const lostCharacter = fc.tuple(config, fc.nat()).map(([chosen, n]) => {
  const text = JSON.stringify(chosen);
  const places = [...text].flatMap((character, i) => ('{}:,"'.includes(character) ? [i] : []));
  const place = places[n % places.length]!;
  return text.slice(0, place) + text.slice(place + 1);
});

const wrongType = fc
  .tuple(anyPath, fc.constantFrom('null', '[]', '[[1]]', '{"a": {}}', '{"__proto__": 1}', '"\\u0000"', '-0.5'))
  .map(([[chosen, path], raw]) => written(chosen, path, raw));

const unknownKey = fc
  .tuple(
    group,
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', '', 'lr', 'Steps'), fc.string()),
    fc.json(),
  )
  .map(([[chosen, path], key, value]) => {
    const text = JSON.stringify({ ...(at(chosen, path) as object) });
    return written(chosen, path, `{${JSON.stringify(`${key} `)}: ${value}, ${text.slice(1)}`);
  });

const hugeNumber = fc
  .tuple(numeric, fc.constantFrom('1e999', '-1e999', '1e308', `-${'9'.repeat(400)}`, '-1e-320'))
  .map(([[chosen, path], raw]) => written(chosen, path, raw));

const deepNesting = fc
  .tuple(anyPath, fc.integer({ min: 2, max: 60_000 }), fc.boolean(), fc.boolean())
  .map(([[chosen, path], depth, list, closed]) => {
    const [open, close] = list ? ['[', ']'] : ['{"a":', '}'];
    return written(chosen, path, `${open.repeat(depth)}1${closed ? close.repeat(depth) : ''}`);
  });

const duplicateKey = group
  .filter(([chosen, path]) => Object.keys(at(chosen, path) as object).length > 0)
  .map(([chosen, path]) => {
    const inside = JSON.stringify(at(chosen, path)).slice(1, -1);
    return written(chosen, path, `{${inside}, ${inside}}`);
  });

const wrongWord = fc
  .tuple(leaf, fc.oneof(fc.string({ maxLength: 2000 }), fc.constant('x'.repeat(100_000))))
  .map(([[chosen, path], word]) => written(chosen, path[0] === 'name' ? ['device'] : path, JSON.stringify(`${word} `)));

const lostGroup = fc
  .tuple(config, fc.constantFrom('model', 'data'))
  .map(([chosen, lost]) => JSON.stringify({ ...chosen, [lost]: undefined }));

const contradiction = fc
  .tuple(config, fc.integer({ min: 1, max: 100 }))
  .map(([chosen, epochs]) => JSON.stringify({ ...chosen, training: { steps: 5, epochs } }));

const malformed = fc.oneof(
  truncated,
  randomBytes,
  randomBytesInside,
  lostCharacter,
  wrongType,
  unknownKey,
  hugeNumber,
  deepNesting,
  duplicateKey,
  wrongWord,
  lostGroup,
  contradiction,
);

/** So many different ones. */
export const malformedConfigs = (count: number, seed = 20_140_610): readonly string[] =>
  [...new Set(fc.sample(malformed, { numRuns: 3 * count, seed }))].slice(0, count);
