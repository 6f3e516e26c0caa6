/** The ready configs, group by group; each is `examples/<id>/gan.config.json`. */
import type { ArchitectureAbout } from '../models/about.ts';
import { architectureNames, architectures } from '../models/index.ts';
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

const ofObjectives = (
  [
    { id: 'non-saturating', title: 'Non-saturating', line: 'The usual GAN loss.', data: 'downloaded' },
    { id: 'minimax', title: 'Minimax', line: 'The loss of the theory, whose gradient may vanish.', data: 'downloaded' },
    {
      id: 'least-squares',
      title: 'Least squares',
      line: 'LSGAN: squared distances in place of logarithms.',
      data: 'downloaded',
    },
    {
      id: 'hinge',
      title: 'Hinge',
      line: 'SNGAN: hinge loss, residual networks, spectral normalisation.',
      data: 'downloaded',
    },
    { id: 'wasserstein', title: 'Wasserstein', line: 'WGAN with clipped weights and RMSProp.', data: 'downloaded' },
    {
      id: 'wgan-gp',
      title: 'Wasserstein with gradient penalty',
      line: 'WGAN-GP: a penalty on the critic’s slope.',
      data: 'downloaded',
    },
    { id: 'dragan', title: 'DRAGAN', line: 'A penalty on the slope around real images.', data: 'downloaded' },
    { id: 'r1', title: 'R1', line: 'Zero slope at real images, for convergence.', data: 'downloaded' },
    { id: 'lecam', title: 'LeCam', line: 'Logits held near their running means.', data: 'downloaded' },
    {
      id: 'relativistic',
      title: 'Relativistic',
      line: 'Real against generated in pairs, with R1 and R2.',
      data: 'downloaded',
    },
  ] as const satisfies readonly PresetAbout[]
).map((preset) => ({ ...preset, group: 'Objectives' as const }));

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
