/** Who may import whom; ARCHITECTURE.md gives the reasons. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { circles, upwardArrows } from './floors.ts';
import { sourceImports } from './source-imports.ts';

/** One import, seen from the project's root; files with forward slashes. */
interface Edge {
  readonly from: string;
  readonly line: number;
  /** A file of the project, or a package's specifier as written. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
  readonly onDemand: boolean;
}

interface Rule {
  readonly says: string;
  /** Folder or file the rule binds. */
  readonly from: string;
  readonly allows: (edge: Edge) => boolean;
}

/** True for the file itself and for everything in the folder. */
const within = (file: string, place: string) => file === place || file.startsWith(`${place}/`);
const withinAny = (file: string, places: readonly string[]) => places.some((place) => within(file, place));

/** Packages that compute, or load native code: only the sidecar's process may have them. */
const heavyPackages = ['@tensorflow', 'onnxruntime-node', 'onnxruntime-common', 'sharp'];

const rules: readonly Rule[] = [
  {
    says: 'webview/ may import its own files and sidecar/{terms,rpc}/',
    from: 'webview',
    allows: ({ to, isPackage }) =>
      isPackage ? to !== 'vscode' : withinAny(to, ['webview', 'sidecar/terms', 'sidecar/rpc']),
  },
  {
    says:
      'extension/ may import sidecar/{terms,rpc,config,runs}/ and types from webview/messages.ts; ' +
      'extension/config-language/ also sidecar/data/{facts,inspect}.ts and sidecar/models/',
    from: 'extension',
    allows: ({ from, to, isPackage, typeOnly }) =>
      isPackage
        ? !withinAny(to, heavyPackages)
        : withinAny(to, ['extension', 'sidecar/terms', 'sidecar/rpc', 'sidecar/config', 'sidecar/runs']) ||
          (typeOnly && to === 'webview/messages.ts') ||
          (within(from, 'extension/config-language') &&
            withinAny(to, ['sidecar/data/facts.ts', 'sidecar/data/inspect.ts', 'sidecar/models'])),
  },
  {
    says: 'sidecar/ may import its own files and package.json, never vscode, extension/ or webview/',
    from: 'sidecar',
    allows: ({ to, isPackage }) => (isPackage ? to !== 'vscode' : withinAny(to, ['sidecar', 'package.json'])),
  },
  {
    says: 'sidecar/terms/ may import nothing else of the project',
    from: 'sidecar/terms',
    allows: ({ to, isPackage }) => isPackage || within(to, 'sidecar/terms'),
  },
  {
    says: 'sidecar/engine/ may import sidecar/terms/ and nothing else of the project',
    from: 'sidecar/engine',
    allows: ({ to, isPackage }) => isPackage || withinAny(to, ['sidecar/engine', 'sidecar/terms']),
  },
  {
    says: 'sidecar/rpc/ may import vscode-jsonrpc and nothing else: pages and processes share it',
    from: 'sidecar/rpc',
    allows: ({ to, isPackage }) => (isPackage ? to === 'vscode-jsonrpc' : within(to, 'sidecar/rpc')),
  },
  {
    says: 'sidecar/devices/ may import sidecar/{terms,engine,training,sampling,models,config,data,objectives}/',
    from: 'sidecar/devices',
    allows: ({ to, isPackage }) =>
      isPackage ||
      withinAny(to, [
        'sidecar/devices',
        'sidecar/engine',
        'sidecar/training',
        'sidecar/sampling',
        'sidecar/models',
        'sidecar/config',
        'sidecar/data',
        'sidecar/objectives',
        'sidecar/terms',
      ]),
  },
  {
    says: 'sidecar/sampling/ may not import what trains',
    from: 'sidecar/sampling',
    allows: ({ to, isPackage }) => isPackage || !within(to, 'sidecar/training'),
  },
  {
    says: 'sidecar/models/ may import its own files, sidecar/terms/ and types from sidecar/keys/options.ts, and no package',
    from: 'sidecar/models',
    allows: ({ to, isPackage, typeOnly }) =>
      !isPackage &&
      (withinAny(to, ['sidecar/models', 'sidecar/terms']) || (typeOnly && to === 'sidecar/keys/options.ts')),
  },
];

/** What may not be in the extension's process, by whatever path it comes. */
const unreachable: Pick<Rule, 'says' | 'from'> & { readonly targets: readonly string[] } = {
  says: 'extension/ may not reach what computes, through other files either',
  from: 'extension',
  targets: ['sidecar/engine', 'sidecar/sampling', 'sidecar/training', 'sidecar/devices', ...heavyPackages],
};

/** What a window that opens no config does not load; it would make every start of VS Code slower. */
const onDemandOnly: Pick<Rule, 'says' | 'from'> & { readonly targets: readonly string[] } = {
  says: 'what is loaded when a window opens may import it only on demand, by import()',
  from: 'extension/extension.ts',
  targets: ['sidecar/config/schema.ts', 'typebox', 'vscode-languageclient'],
};

/** Violations in the TypeScript files under `root`, each `file:line: import of 'x': rule`. */
export const checkImports = (root: string): string[] => {
  const files = ['extension', 'sidecar', 'webview']
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map((file) => file.split(path.sep).join('/'));
  const edges = new Map(files.map((file) => [file, fileEdges(root, file)]));
  const direct = [...edges.values()]
    .flat()
    .flatMap((edge) =>
      rules
        .filter((rule) => within(edge.from, rule.from) && !rule.allows(edge))
        .map((rule) => `${edge.from}:${edge.line}: import of '${edge.to}': ${rule.says}`),
    );
  const arrows = [...edges.values()].flat().filter(({ to, isPackage }) => !isPackage && edges.has(to));
  return [
    ...direct,
    ...upwardArrows(arrows),
    ...circles(arrows),
    ...indirectViolations(edges),
    ...startViolations(edges),
  ].sort();
};

const fileEdges = (root: string, from: string): Edge[] =>
  sourceImports(readFileSync(path.join(root, from), 'utf8')).map(({ specifier, line, typeOnly, onDemand }) => {
    const isPackage = !specifier.startsWith('.');
    const to = isPackage ? specifier : path.posix.join(path.posix.dirname(from), specifier);
    return { from, line, to, isPackage, typeOnly, onDemand };
  });

type Edges = ReadonlyMap<string, readonly Edge[]>;
/** Each import met on the way, with the files by way of which it is reached. */
type Meet = (edge: Edge, way: readonly string[]) => boolean;

/** Walks from `starts` along the imports that remain in the output; `meet` says whether to go on into what is imported. */
const walk = (edges: Edges, starts: readonly string[], meet: Meet): void => {
  const seen = new Set<string>();
  const follow = (file: string, way: readonly string[]) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const edge of edges.get(file) ?? []) {
      if (!edge.typeOnly && meet(edge, way)) follow(edge.to, [...way, edge.to]);
    }
  };
  for (const file of starts) follow(file, [file]);
};

const violation = ({ from, line, to }: Edge, way: readonly string[], says: string) =>
  `${from}:${line}: import of '${to}' (by way of ${way.join(' → ')}): ${says}`;

/** From each file of the extension out of its folder. */
const indirectViolations = (edges: Edges): string[] => {
  const violations: string[] = [];
  const starts = [...edges.keys()].filter((file) => within(file, unreachable.from));
  walk(edges, starts, (edge, way) => {
    if (!withinAny(edge.to, unreachable.targets)) return true;
    // What the extension's own files import is judged by the rules above.
    if (!within(edge.from, unreachable.from)) violations.push(violation(edge, way, unreachable.says));
    return false;
  });
  return violations;
};

const startViolations = (edges: Edges): string[] => {
  const violations: string[] = [];
  walk(edges, [onDemandOnly.from], (edge, way) => {
    if (edge.onDemand) return false;
    if (!withinAny(edge.to, onDemandOnly.targets)) return true;
    violations.push(violation(edge, way, onDemandOnly.says));
    return false;
  });
  return violations;
};
