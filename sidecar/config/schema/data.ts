import { Type } from 'typebox';
import { commonDefaults } from '../presets.ts';
import { choice, group, integer, numberChoice, string } from './key.ts';
import { numberStop, textChoiceStop, textStop } from './snippet.ts';

const notEmpty = { minLength: 1, maxLength: 4096 } as const;

export const DataSchema = Type.Object(
  {
    source: choice(
      {
        digits:
          'Digits 0 to 9 that the program draws itself: grey, 28×28, labelled, endless. Needs no files and no download.',
        mnist:
          'MNIST handwritten digits ([LeCun et al. 1998](https://doi.org/10.1109/5.726791)): 60,000 grey images, ' +
          '28×28, 10 classes. From `path`, else from the cache folder, downloaded once.',
        'fashion-mnist':
          'Fashion-MNIST ([Xiao et al. 2017](https://arxiv.org/abs/1708.07747)): 60,000 grey images of clothing, ' +
          '28×28, 10 classes. From `path`, else from the cache folder, downloaded once.',
        idx: 'An IDX images file, gzipped or not (`path`), and its labels file (`labels`) if there is one.',
        folder: 'A folder of PNG, JPEG or WebP images (`path`). Subfolders, if there are any, are the classes.',
      },
      { title: 'Source', description: 'Where the real images come from.' },
    ),
    path: Type.Optional(
      string(
        {
          title: 'Path',
          description: 'The images: an IDX file, a folder of images, or the folder that holds the MNIST files.',
          details: 'Relative to the folder of this config. `~` is your home folder.',
          defaultText: 'none; needed for `idx` and `folder`',
        },
        notEmpty,
      ),
    ),
    labels: Type.Optional(
      string(
        {
          title: 'Labels',
          description: 'The IDX labels file that belongs to the IDX images. Only for source idx.',
          details: 'One byte an image, in the order of the images. Relative to the folder of this config.',
          defaultText: 'none, so the images have no classes',
        },
        notEmpty,
      ),
    ),
    imageSize: Type.Optional(
      integer(
        {
          title: 'Image size',
          description: 'Height and width to which every image is brought before training.',
          details: 'The architecture may accept only some sizes. Twice the size is about four times the work.',
          defaultText: 'as the data has it',
          unit: 'pixels',
          examples: [28, 32, 64],
        },
        { minimum: 8, maximum: 256 },
      ),
    ),
    channels: Type.Optional(
      numberChoice(
        [
          [1, 'Grey. Colour images are converted to their luminance.'],
          [3, 'Red, green and blue. Grey images are repeated in all three.'],
        ],
        { title: 'Channels', description: 'Numbers a pixel.', defaultText: 'as the data has it' },
      ),
    ),
    resize: Type.Optional(
      choice(
        {
          crop: 'Scale the shorter side to the image size and cut the longer side evenly on both ends.',
          pad: 'Scale the longer side to the image size and fill the rest with black.',
          stretch: 'Scale both sides to the image size, whatever that does to proportions.',
          refuse: 'Stop with an error when an image has another size.',
        },
        {
          title: 'Resize',
          description: 'What happens to images that are not square or not of the image size.',
          default: commonDefaults.data.resize,
        },
      ),
    ),
  },
  group({ title: 'Data', description: 'The real images that the generator learns to imitate.' }, [
    {
      label: 'Drawn digits',
      description: 'No files, no download',
      body: { source: 'digits' },
    },
    {
      label: 'Folder of images',
      description: 'PNG, JPEG or WebP; subfolders are classes',
      body: { source: 'folder', path: textStop(1, './images'), imageSize: numberStop(2, 32) },
    },
    {
      label: 'MNIST',
      description: 'Handwritten digits, downloaded once',
      body: { source: textChoiceStop(1, ['mnist', 'fashion-mnist']) },
    },
    {
      label: 'IDX files',
      description: 'Images and labels as MNIST stores them',
      body: {
        source: 'idx',
        path: textStop(1, './images-idx3-ubyte.gz'),
        labels: textStop(2, './labels-idx1-ubyte.gz'),
      },
    },
  ]),
);
