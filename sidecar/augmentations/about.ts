/** What is said of an operation of augmentation. */
export interface AugmentationAbout {
  /** What it does to an image, in Markdown. */
  readonly text: string;
  /** It moves an image away from another that it is compared with. */
  readonly moves: boolean;
  /** What of it grey images do not have, for whoever asks for it; null: they have all of it. */
  readonly lostOnGrey: string | null;
}
