/** The imports of a TypeScript source, read without a compiler; the formatter keeps them in this form. */

export interface SourceImport {
  /** What stands between the quotes. */
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
  /** `import type` and `export type`, which leave nothing in the output. */
  readonly typeOnly: boolean;
  /** `import(…)` and `require(…)`, which load when they are reached and not with the file. */
  readonly onDemand: boolean;
}

/** `import … from 'x'`, `export … from 'x'` and `import 'x'` at the start of a line; may span lines. */
const declaration = /^(?:import|export)\b(\s+type\b(?!\s*(?:,|from\b)))?(?:[^'";=]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;

/** `import('x')` and `require('x')` anywhere but in a line comment. */
const call = /^(?!\s*(?:\*|\/\/)).*?(\btypeof\s+)?\b(?:import|require)\(\s*['"]([^'"\n]+)['"]/gm;

export const sourceImports = (source: string): SourceImport[] =>
  [declaration, call].flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({
      specifier: match[2] as string,
      line: source.slice(0, match.index).split('\n').length,
      typeOnly: match[1] !== undefined,
      onDemand: pattern === call,
    })),
  );
