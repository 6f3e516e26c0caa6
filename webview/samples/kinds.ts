/** Every kind of samples that the panel can show, by its name in the run's record. A new one is one more entry. */
import { t } from '../base/l10n.ts';
import { PictureView } from './picture-view.ts';
import type { SampleLayout, SampleView } from './sample-view.ts';

export interface SampleKind {
  /** What one of them is called, in sentence case. */
  readonly title: string;
  readonly view: () => SampleView;
}

export const sampleKinds: Readonly<Record<SampleLayout['kind'], SampleKind>> = {
  // Every image pixel is a sharp square.
  grid: { title: t('Sample grid'), view: () => new PictureView({ smooth: false }) },
  scatter: { title: t('Scatter plot'), view: () => new PictureView({ smooth: true }) },
};
