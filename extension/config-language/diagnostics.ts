/** Diagnostics that VS Code's JSON engine cannot give; those of the schema it shows itself. */
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { Diagnostic } from '../../sidecar/config/diagnose.ts';
import type { ConfigFile } from './config-file.ts';

export const source = 'gan';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

const toLsp = (file: ConfigFile, diagnostic: Diagnostic): LspDiagnostic => ({
  range: file.rangeOf(diagnostic),
  severity: severities[diagnostic.severity],
  source,
  code: diagnostic.code,
  message: diagnostic.message,
  ...(diagnostic.code === 'config/ignored-key' && { tags: [DiagnosticTag.Unnecessary] }),
});

export const meaningDiagnostics = async (file: ConfigFile): Promise<LspDiagnostic[]> =>
  (await file.diagnose()).filter(({ layer }) => layer === 'meaning').map((diagnostic) => toLsp(file, diagnostic));
