/** Everything that is wrong with a config, each at its place in the text: `gan validate` and the editor. */
import { getNodeValue } from 'jsonc-parser';
import { checkSchema } from './check.ts';
import { checkData } from './data-rules/check.ts';
import type { Inspect } from './data-rules/data-of.ts';
import { type ConfigDocument, duplicateKeys, parseConfigText, type Span, spanAt } from './document.ts';
import { type Fix, toFix } from './edits.ts';
import { type PartialConfig, validPart } from './partial.ts';
import type { Problem, Severity } from './problem.ts';
import { checkRules } from './rules.ts';

export type { Fix, TextEdit } from './edits.ts';
export type { Severity } from './problem.ts';

export interface Diagnostic extends Span {
  /** From 1; columns in UTF-16 units, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  /** Stable name for programs, e.g. "training/steps-and-epochs". */
  readonly code: string;
  /** One line: what is wrong and how to mend it. */
  readonly message: string;
  /** 'schema': an editor that has the JSON Schema shows it already. */
  readonly layer: Problem['layer'];
  /** The one right answer. */
  readonly fix?: Fix;
  /** Several answers, of which a person picks one. */
  readonly choices?: readonly Fix[];
}

/** Line and column (from 1) of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** A config's text, read as far as it goes. */
export interface ReadConfig {
  readonly document: ConfigDocument;
  /** As written; undefined where nothing could be read. */
  readonly value: unknown;
  /** What is valid of it. */
  readonly valid: PartialConfig;
  /** What the schema says of it. */
  readonly problems: readonly Problem[];
}

/** Reads no files, and never throws. */
export function readConfig(text: string): ReadConfig {
  const document = parseConfigText(text);
  if (!document.root) return { document, value: undefined, valid: {}, problems: [] };
  const value: unknown = getNodeValue(document.root);
  const problems = checkSchema(value);
  return { document, value, valid: validPart(value, problems), problems };
}

const diagnostic = (document: ConfigDocument, span: Span, rest: Omit<Diagnostic, keyof Span | 'line' | 'column'>) => ({
  ...span,
  ...positionAt(document.text, span.offset),
  ...rest,
});

const place = (document: ConfigDocument, { at, on, fix, choices, ...rest }: Problem): Diagnostic => {
  const fixes = (choices ?? []).flatMap((choice) => toFix(document.text, choice) ?? []);
  const mended = fix && toFix(document.text, fix);
  return diagnostic(document, spanAt(document, at, on), {
    ...rest,
    ...(mended && { fix: mended }),
    ...(fixes.length > 0 && { choices: fixes }),
  });
};

const syntax = (document: ConfigDocument): Diagnostic[] => [
  ...document.syntaxProblems.map(({ code, message, ...span }) =>
    diagnostic(document, span, { layer: 'schema', severity: 'error', code, message }),
  ),
  ...duplicateKeys(document.root).map(({ offset, length, value }) =>
    diagnostic(
      document,
      { offset, length },
      {
        layer: 'schema',
        severity: 'warning',
        code: 'json/duplicate-key',
        message: `"${value}" is repeated below, and only the last one counts`,
      },
    ),
  ),
];

/** What the text alone says; reads no files. */
export function diagnoseText({ document, valid, problems }: ReadConfig): Diagnostic[] {
  // Broken syntax makes keys look missing that are there; the syntax comes first.
  const schema = document.syntaxProblems.length === 0 ? problems : [];
  return [...syntax(document), ...[...schema, ...checkRules(valid)].map((problem) => place(document, problem))];
}

/**
 * All diagnostics in the order of the text; training can start if none is an error.
 * @param file the config's path, for the data it names and the formats they claim.
 * @param inspect how to look at the data; a caller may remember what it saw.
 */
export async function diagnose(text: string, file: string, inspect?: Inspect): Promise<Diagnostic[]> {
  const config = readConfig(text);
  const data = await checkData(config.valid, file, inspect);
  const found = [...diagnoseText(config), ...data.map((problem) => place(config.document, problem))];
  return found.sort((a, b) => a.offset - b.offset);
}
