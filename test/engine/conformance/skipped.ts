/** Specs of TensorFlow.js's conformance suite that fail here for a reason, one reason a line. */

export interface Skip {
  /** What the spec's full name must match. */
  readonly specs: RegExp;
  /** What the failure must say, so that no other failure hides behind the entry. */
  readonly failure: RegExp;
  readonly reason: string;
  /** The spec is about float32, int32 or bool after all. */
  readonly numeric?: true;
}

const strings = /type string is not supported|text is not supported/;
const complex = /cannot run Complex: it is not implemented/;
const ragged = /cannot run Ragged\w+: it is not implemented/;
const noError = /Expected function to throw/;
const rounding = /Arrays differ/;

/** A training program holds numbers: float32, int32 and bool. */
export const skipped: readonly Skip[] = [
  { specs: /string/i, failure: strings, reason: 'String tensors: nothing trains on text that is not numbers yet.' },
  {
    specs: /^squeeze /,
    failure: strings,
    reason: 'These specs go on to string tensors after numeric ones.',
    numeric: true,
  },
  { specs: /^staticRegexReplace /, failure: strings, reason: 'An operation on strings.' },
  { specs: /complex/i, failure: complex, reason: 'Complex tensors: no model or optimizer here computes with them.' },
  { specs: /\bI?R?FFT /, failure: complex, reason: 'Fourier transforms return complex tensors.' },
  { specs: /^stft /, failure: complex, reason: 'Fourier transforms return complex tensors.' },
  {
    specs: /^\w+ test \{\} upcasts /,
    failure: complex,
    reason: 'These specs go on to complex tensors after numeric ones.',
    numeric: true,
  },
  {
    specs: /codeWeights .* Mixed dtype/,
    failure: /./,
    reason: 'One of the mixed tensors is complex, another a string.',
  },
  {
    specs: /^ragged/,
    failure: ragged,
    reason: 'Ragged tensors: their shapes depend on numbers, which no compiled step can follow.',
  },
  {
    specs: /^exp test \{\} int32$/,
    failure: rounding,
    reason: "e¹⁰ is off by one unit in float32's last place, which is 2·10⁻³ there.",
    numeric: true,
  },
  {
    specs: /^tan test .* exceed float32/,
    failure: rounding,
    reason: "Off by one unit in float32's last place, which is 2·10⁻³ there.",
    numeric: true,
  },
  {
    specs: /^mirrorPad test \{\} grad/,
    failure: rounding,
    reason: 'The spec drops what mirrored elements add to the gradient; ours is the true one.',
    numeric: true,
  },
  {
    specs: /^depthwiseConv2d gradients .* dilations > 1$/,
    failure: noError,
    reason: 'The gradient that TensorFlow.js lacks is there.',
    numeric: true,
  },
  {
    specs: /^gradients .* missing grads$/,
    failure: noError,
    reason: 'The gradient that TensorFlow.js lacks is there: zero, of logical operations.',
    numeric: true,
  },
  {
    specs: /^avgPool test .* gradient x=\[3,3,1\] f=\[3,3\] s=1 p=explicit$/,
    failure: rounding,
    reason:
      'The spec divides by the whole window at the border, its forward pass by the part inside; ours is the true one.',
    numeric: true,
  },
];
