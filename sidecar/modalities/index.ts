/** Every modality by its name. */
import type { ModalityName } from '../terms/modality.ts';
import { images } from './images/images.ts';
import type { Modality } from './modality.ts';
import { points } from './points/points.ts';

export const modalities: Readonly<Record<ModalityName, Modality>> = { images, points };
