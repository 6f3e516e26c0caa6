import type { Diagnostic } from './diagnose.ts';

/** `file:line:col severity code message`, the form that the `$gan` problem matcher reads. */
export const formatDiagnostic = (
  file: string,
  { line, column, severity, code, message }: Pick<Diagnostic, 'line' | 'column' | 'severity' | 'code' | 'message'>,
): string => `${file}:${line}:${column} ${severity} ${code} ${message}`;
