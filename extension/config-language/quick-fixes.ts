/** Quick fixes, for our own diagnostics and for those that VS Code's JSON engine shows from the schema. */
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { Diagnostic, Fix } from '../../sidecar/config/diagnose.ts';
import type { ConfigFile } from './config-file.ts';
import { source } from './diagnostics.ts';

export const quickFixes = async (
  file: ConfigFile,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> => {
  const from = file.offsetAt(range.start);
  const to = file.offsetAt(range.end);
  const touches = ({ offset, length }: Diagnostic) => offset <= to && from <= offset + length;

  /** The diagnostics on screen that this one mends; the JSON engine's have other codes and words. */
  const shown = ({ offset, length, layer, code }: Diagnostic) =>
    context.diagnostics.filter((candidate) => {
      if (layer === 'meaning') return candidate.source === source && candidate.code === code;
      const start = file.offsetAt(candidate.range.start);
      return candidate.source !== source && start >= offset && start <= offset + length;
    });

  const action = (diagnostic: Diagnostic, fix: Fix, isPreferred: boolean): CodeAction => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    isPreferred,
    diagnostics: shown(diagnostic),
    edit: {
      changes: {
        [textDocument.uri]: fix.edits.map((edit) => ({ range: file.rangeOf(edit), newText: edit.text })),
      },
    },
  });

  return (await file.diagnose())
    .filter(touches)
    .flatMap((diagnostic) => [
      ...(diagnostic.fix ? [action(diagnostic, diagnostic.fix, true)] : []),
      ...(diagnostic.choices ?? []).map((choice) => action(diagnostic, choice, false)),
    ]);
};
