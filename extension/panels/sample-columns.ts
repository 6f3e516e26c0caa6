/** What the columns of a run's sample grids show, from the config that the run keeps. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type ArchitectureTraits, architectureTraits } from '../../sidecar/config/architecture-traits.ts';
import { CONFIG_FILE } from '../../sidecar/runs/layout.ts';

const traitsOf: Readonly<Record<string, ArchitectureTraits | undefined>> = architectureTraits;

/** Names of columns that repeat; empty where every image is generated, or where the config cannot be read. */
export async function sampleColumns(runDirectory: string): Promise<readonly string[]> {
  const text = await readFile(join(runDirectory, CONFIG_FILE), 'utf8').catch(() => '');
  const from = traitsOf[architectureIn(text)]?.from;
  if (from !== 'paired' && from !== 'reduced') return [];
  return [vscode.l10n.t('Input'), vscode.l10n.t('Generated'), vscode.l10n.t('Real')];
}

function architectureIn(config: string): string {
  try {
    const { model } = JSON.parse(config) as { readonly model?: { readonly architecture?: unknown } };
    return String(model?.architecture);
  } catch {
    return '';
  }
}
