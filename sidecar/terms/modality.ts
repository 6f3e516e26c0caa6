/** What an example of a dataset is. */
export type ModalityName = 'images';

/** What a person calls examples. */
export const UNITS: Readonly<Record<ModalityName, string>> = { images: 'images' };
