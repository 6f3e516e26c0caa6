/** One preset: its picture, its name, its line, and where its images come from. */
import { element, icon } from '../base/dom.ts';
import { t } from '../base/l10n.ts';
import type { GalleryPreset } from '../messages.ts';

const DATA: Record<GalleryPreset['data'], { readonly text: string; readonly icon: string }> = {
  drawn: { text: t('No download'), icon: 'zap' },
  downloaded: { text: t('Downloads its data'), icon: 'cloud-download' },
  own: { text: t('Your images'), icon: 'folder' },
};

export function presetCard(preset: GalleryPreset, onChoose: () => void): HTMLButtonElement {
  const { id, title, line, data } = preset;
  const card = element(
    'button',
    {
      type: 'button',
      class: 'card',
      'aria-labelledby': `title-${id}`,
      'aria-describedby': `line-${id} data-${id}`,
      'data-testid': `preset-${id}`,
    },
    picture(preset),
    element('span', { class: 'card-title', id: `title-${id}` }, title),
    element('span', { class: 'card-line', id: `line-${id}` }, line),
    element('span', { class: 'card-data', id: `data-${id}` }, icon(DATA[data].icon), DATA[data].text),
  );
  card.addEventListener('click', onChoose);
  return card;
}

/** The placeholder lies under the picture: it is what shows where there is none, or none that can be read. */
function picture({ picture }: GalleryPreset): HTMLElement {
  const frame = element('span', { class: 'card-picture', 'aria-hidden': 'true' });
  if (picture === null) return frame;
  const image = element('img', { src: picture, alt: '', loading: 'lazy' });
  image.addEventListener('error', () => image.remove());
  frame.append(image);
  return frame;
}
