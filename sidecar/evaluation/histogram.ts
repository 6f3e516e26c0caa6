/** How often each class comes, and how far that is from how often it should. */

/** Share of each class among `labels`, [classes]; the shares add up to 1. @throws RangeError for no labels. */
export function classShares(labels: ArrayLike<number>, classes: number): Float64Array {
  if (labels.length === 0) throw new RangeError('there are no labels to count');
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!(label >= 0 && label < classes)) throw new RangeError(`label ${label} is none of ${classes} classes`);
    counts[label]! += 1;
  }
  return counts.map((count) => count / labels.length);
}

/**
 * Kullback-Leibler divergence Σ p ln(p / q) in nats: 0 for equal shares, infinite where p has what q
 * has not. With the generated shares as p it is the "reverse" KL of Srivastava et al. (2017, VEEGAN).
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i]! > 0) sum += p[i]! * Math.log(p[i]! / q[i]!);
  return sum;
}

/** Half of the sum of absolute differences: the share that would have to change its class, 0 to 1. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i]! - q[i]!);
  return sum / 2;
}

/** Share of images, 0 to 1, whose answer is the class asked for. @throws RangeError for no or unequal numbers of labels. */
export function accuracy(answers: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (answers.length === 0 || answers.length !== wanted.length) {
    throw new RangeError(`${answers.length} answers to ${wanted.length} labels`);
  }
  let right = 0;
  for (let i = 0; i < answers.length; i++) right += Number(answers[i] === wanted[i]);
  return right / answers.length;
}
