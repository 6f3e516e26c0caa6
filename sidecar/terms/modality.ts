/** What an example of a dataset is. */
export type ModalityName = 'images' | 'points';
