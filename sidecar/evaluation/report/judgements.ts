/** What a judgement of generated images says. */

/** By the way of judging. */
export type Metrics = ClassifierMetrics | ModeMetrics | ResemblanceMetrics;

/** A classifier trained on the real training set, and what it can be relied on for. */
interface Judge {
  /** Number of generated images. */
  readonly samples: number;
  /** Accuracy on the real test set, 0 to 1. */
  readonly classifierAccuracy: number;
  /** FD-classifier between the generated images and the test set … */
  readonly distance: number;
  /** … and between as many images of the training set and the test set. */
  readonly realDistance: number;
}

/** By a classifier of the same dataset. */
export interface ClassifierMetrics extends Judge {
  readonly kind: 'classifier';
  /** Share of each class among the generated images, by the classifier. */
  readonly classShares: readonly number[];
  /** Total variation from the shares in the training set, 0 to 1, and KL divergence from them, in nats. */
  readonly classVariation: number;
  readonly classDivergence: number;
  /** Null for a model that is not told a class. */
  readonly conditional: {
    /** Share of the images to which the classifier gives the class that was asked for. */
    readonly accuracy: number;
    /** Accuracy on the real test set of a classifier trained on the generated images alone … */
    readonly syntheticToReal: number;
    /** … and of one trained in the same way on as many real images. */
    readonly realToReal: number;
  } | null;
}

/** Distances are of single channels. */
export interface ModeMetrics extends Judge {
  readonly kind: 'modes';
  readonly found: number;
  readonly all: number;
  /** KL divergence from equal shares in nats, of the generated images and of as many real ones. */
  readonly divergence: number;
  readonly realDivergence: number;
  readonly realFound: number;
}

/** Distances are root mean squares, as shares of the range of the pixels. */
export interface ResemblanceMetrics {
  readonly kind: 'resemblance';
  readonly samples: number;
  /** Pairs of generated images that look the same, and the distance of the closest pair. */
  readonly repeated: number;
  readonly closestPair: number;
  /** The same of as many real images. */
  readonly realRepeated: number;
  readonly realClosestPair: number;
  /** Distance to the nearest training image: the least and the median over the generated images. */
  readonly nearestTraining: { readonly least: number; readonly median: number };
  /** Median distance of as many training images to the nearest other one. */
  readonly realNearestMedian: number;
}
