/** What an example of a dataset is. */
export type ModalityName = 'images' | 'points';

/** What a person calls examples. */
export const UNITS: Readonly<Record<ModalityName, string>> = { images: 'images', points: 'points' };
