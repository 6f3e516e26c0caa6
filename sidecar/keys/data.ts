import { LARGEST_IMAGE } from '../terms/image-size.ts';
import { boolean, choice, group, integer, numberChoice, numberPair, string } from './key.ts';

const notEmpty = { minLength: 1, maxLength: 4096 } as const;

export const dataKeys = group(
  { title: 'Data', description: 'The real images that the generator learns to imitate.', required: true },
  {
    path: string(
      {
        title: 'Path',
        description: 'The images: a file, a folder of images, or the folder that holds the MNIST files.',
        details: 'Relative to the folder of this config. `~` is your home folder.',
        default: null,
        defaultText: 'none; needed by every source but digits, points and the MNISTs',
      },
      notEmpty,
    ),
    labels: string(
      {
        title: 'Labels',
        description: 'The file of labels that belongs to the images. Only for sources idx and npz.',
        details:
          'IDX: one byte an image, in the order of the images. NPY: whole numbers, texts, or rows of 0 and 1. ' +
          'Relative to the folder of this config.',
        default: null,
        defaultText: 'none, so the images have no classes',
      },
      notEmpty,
    ),
    columns: group(
      { title: 'Columns', description: 'Where a table or an NPZ file has the images and their labels.' },
      {
        image: string(
          {
            title: 'Image column',
            description: 'Name of the column with the images or their files, or of the array of images.',
            details: 'Files are relative to the folder of the table.',
            default: null,
            defaultText: '`image`, `path`, `filename` or the like; in an NPZ file `images`, `x_train`, `x` or `arr_0`',
          },
          notEmpty,
        ),
        label: string(
          {
            title: 'Label column',
            description: 'Name of the column, or of the array, with the class of each image.',
            details:
              'In a tar archive of WebDataset: the key of its `.json` files. In a CSV file that does not name its ' +
              'columns they are `0`, `1` and so on.',
            default: null,
            defaultText: '`label`, `class` or the like; in an NPZ file `labels`, `y_train`, `y` or `arr_1`',
          },
          notEmpty,
        ),
      },
    ),
    pixelRange: numberPair({
      title: 'Pixel range',
      description: 'The numbers that stand for black and for white. Only for arrays and for tables of numbers.',
      details: 'Numbers beyond them become black or white.',
      default: null,
      defaultText: 'the range that the numbers fill: 0 to 255, 0 to 1, −1 to 1, or from the least to the greatest',
    }),
    imageSize: integer(
      {
        title: 'Image size',
        description: 'Height and width to which every image is brought before training.',
        details: 'The architecture may accept only some sizes. Twice the size is about four times the work.',
        default: null,
        defaultText: 'as the data has it',
        unit: 'pixels',
        examples: [28, 32, 64],
      },
      { minimum: 8, maximum: LARGEST_IMAGE },
    ),
    channels: numberChoice(
      [
        [1, 'Grey. Colour images are converted to their luminance.'],
        [3, 'Red, green and blue. Grey images are repeated in all three.'],
        [4, 'Red, green, blue and opacity. Images without opacity get full opacity.'],
      ],
      { title: 'Channels', description: 'Numbers a pixel.', default: null, defaultText: 'as the data has it' },
    ),
    resize: choice(
      {
        crop: 'Scale the shorter side to the image size and cut the longer side evenly on both ends.',
        pad: 'Scale the longer side to the image size and fill the rest with black.',
        stretch: 'Scale both sides to the image size, whatever that does to proportions.',
        refuse: 'Stop with an error when an image has another size.',
      },
      {
        title: 'Resize',
        description: 'What happens to images that are not square or not of the image size.',
        default: 'crop',
      },
    ),
    input: choice(
      {
        edges: 'The edges of the image itself: the length of its gradient by Sobel’s filters.',
        grey: 'The image itself without its colours.',
        folder: 'The image of the same name in `inputPath`. For source folder.',
      },
      {
        title: 'Input',
        description: 'What an image-to-image model translates from. Other models ignore it.',
        default: 'edges',
      },
    ),
    inputPath: string(
      {
        title: 'Input path',
        description: 'The folder of the inputs of image-to-image, one to each image, for input folder.',
        details: 'Files pair by their names without extensions, those of subfolders included.',
        default: null,
        defaultText: 'none; needed for input `folder`',
      },
      notEmpty,
    ),
    augment: group(
      {
        title: 'Changes to real images',
        description: 'Random changes that keep an image’s class, drawn anew in each epoch.',
        details:
          'The generator learns to make changed images too. For changes that it does not learn, see `augmentation`.',
      },
      {
        flip: boolean({
          title: 'Flip',
          description: 'Mirrors left and right, half of the time. Not for what has a reading direction, as digits do.',
          default: false,
        }),
        shift: integer(
          {
            title: 'Shift',
            description: 'Moves the image at random by up to this far in each direction.',
            details: 'What comes in at the border repeats the border’s pixels.',
            default: 0,
            unit: 'pixels',
          },
          { minimum: 0, maximum: 64 },
        ),
      },
    ),
    points: choice(
      {
        ring: 'Eight narrow Gaussians on a circle ([Metz et al. 2017](https://arxiv.org/abs/1611.02163)), a class each.',
        grid: 'Five rows of five narrow Gaussians ([Srivastava et al. 2017](https://arxiv.org/abs/1705.07761)), a class each.',
        moons: 'Two interleaved half circles, a class each.',
        'swiss-roll': 'A spiral, without classes.',
      },
      {
        title: 'Points',
        description: 'The toy set that source points draws. A generator that collapses leaves some of its parts empty.',
        default: 'ring',
      },
    ),
    balanceClasses: boolean({
      title: 'Balance classes',
      description: 'Fills every batch with all classes in equal parts, however many images each has.',
      details: 'Rare classes are then shown more often than once an epoch, frequent ones less.',
      default: false,
    }),
  },
);
