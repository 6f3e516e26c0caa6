/** The ready configs, group by group; each is `examples/<id>/gan.config.json`. */
import type { ArchitectureAbout } from '../models/about.ts';
import { architectureNames, architectures } from '../models/index.ts';
import { lossAbouts, penaltyAbouts } from '../objectives/abouts.ts';
import type { PresetAbout } from '../terms/preset.ts';

const groups = ['Adversarial', 'Objectives', 'Likelihood', 'Translation'] as const;

export type PresetGroup = (typeof groups)[number];

/** A preset's folder under examples/. */
export type PresetId = string;

export interface Preset extends PresetAbout {
  readonly group: PresetGroup;
}

const groupOf = ({ family, from }: ArchitectureAbout): PresetGroup => {
  if (family !== 'adversarial') return 'Likelihood';
  return from === 'latent' ? 'Adversarial' : 'Translation';
};

const ofArchitectures = architectureNames.flatMap((name) => {
  const { about } = architectures[name];
  return about.presets.map((preset) => ({ ...preset, group: groupOf(about) }));
});

const ofObjectives = [...Object.values(lossAbouts), ...Object.values(penaltyAbouts)].flatMap(({ presets }) =>
  presets.map((preset) => ({ ...preset, group: 'Objectives' as const })),
);

/** What trains at once comes first. */
const byData: readonly PresetAbout['data'][] = ['drawn', 'downloaded', 'own'];

/** Every preset, in the order in which they are offered. */
export const presetList: readonly Preset[] = [...ofArchitectures, ...ofObjectives].sort(
  (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || byData.indexOf(a.data) - byData.indexOf(b.data),
);

/** The picture of a preset, from the extension's root. */
export const presetPicture = (id: PresetId): string => `media/presets/${id}.png`;

/** The config of a preset, from the program's root. */
export const presetFile = (id: PresetId): string => `examples/${id}/gan.config.json`;

export const isPresetId = (id: string): boolean => presetList.some((preset) => preset.id === id);
