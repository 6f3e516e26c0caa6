/** Height and width of the largest images that a config may ask for and that networks are made for, in pixels. */
export const LARGEST_IMAGE = 256;
