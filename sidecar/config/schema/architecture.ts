import { choice } from './key.ts';

export const ArchitectureSchema = choice(
  {
    'chapter-mlp-conv':
      'The small GAN of a textbook chapter: a generator of dense layers (256, 512, one unit a pixel) with batch ' +
      'normalisation, against a convolutional discriminator (64, 128 filters) with dropout 0.25. Any image size. ' +
      'Quick on a CPU; a good first choice for digits.',
    'chapter-deep':
      'The deeper conditional GAN of the same chapter: a generator of five dense and five convolutional layers, ' +
      'against a discriminator of five convolutional and two dense layers. Uses class labels. ' +
      'Image sizes that are multiples of 4.',
    dcgan:
      'Deep convolutional GAN ([Radford et al. 2015](https://arxiv.org/abs/1511.06434)): 5×5 transposed ' +
      'convolutions with batch normalisation, against strided convolutions. The usual starting point for objectives ' +
      'of all kinds.',
    resnet:
      'Residual GAN ([Gulrajani et al. 2017](https://arxiv.org/abs/1704.00028); ' +
      '[Miyato et al. 2018](https://arxiv.org/abs/1802.05957)): blocks with skip connections that double the size in ' +
      'the generator and halve it in the discriminator, with spectral normalisation and the hinge loss. Better images ' +
      'than dcgan for more work a step.',
    r3gan:
      'A small R3GAN ([Huang et al. 2024](https://arxiv.org/abs/2501.05441)): residual blocks of grouped convolutions ' +
      'without any normalisation, bilinear resampling, a learned 4×4 basis, the relativistic loss with R1 and R2. ' +
      'Covers every mode of the data and does not collapse.',
    progressive:
      'Progressive growing ([Karras et al. 2018](https://arxiv.org/abs/1710.10196)): both networks begin at 4×4 pixels ' +
      'and fade in one resolution after the other. Pixel norm, equalised learning rate, minibatch standard deviation, ' +
      'WGAN-GP. Image sizes that are powers of two.',
    'super-resolution':
      'Super-resolution GAN ([Ledig et al. 2017](https://arxiv.org/abs/1609.04802)): a residual generator with pixel ' +
      'shuffle enlarges images two or four times. The pairs are made from the data; the grid shows low, generated and ' +
      'high resolution side by side.',
    'image-to-image':
      'Translation of images ([Isola et al. 2017](https://arxiv.org/abs/1611.07004), pix2pix): a U-Net turns an input ' +
      'image into another, judged patch by patch. Inputs are edges or grey versions of the data, or a second folder.',
    vae:
      'Variational autoencoder ([Kingma and Welling 2014](https://arxiv.org/abs/1312.6114)): one network describes an ' +
      'image by a few random numbers, another draws it from them. Stable and quick, with softer images than a GAN.',
    pixelcnn:
      'Gated PixelCNN ([van den Oord et al. 2016](https://arxiv.org/abs/1606.05328)): predicts every pixel from those ' +
      'above and to the left of it. Has an exact likelihood, reported in bits per dimension; slow to draw from.',
  },
  {
    title: 'Architecture',
    description: 'The networks to train.',
    details: 'It also decides the defaults of the other groups.',
  },
);
