/** Kernels that work on each element alone, or on pairs of elements. */
import * as tf from '@tensorflow/tfjs-core';
import { add, binary, cast, compare, div, isPositive, mul, scalar, sub, unary, where } from '../graph/arithmetic.ts';
import { reshape } from '../graph/layout.ts';
import { type Attributes, float, int, type Value } from '../graph/value.ts';
import { type Kernel, type KernelTable, kernel } from './kernel.ts';

const asFloat = (x: Value) => cast(x, 'float32');

/** Kernels that are one ONNX operation on float32. */
const one =
  (op: string, attributes: Attributes = {}): Kernel =>
  (inputs) =>
    unary(op, asFloat(inputs.get('x')), attributes);

const formula =
  (apply: (x: Value) => Value): Kernel =>
  (inputs) =>
    apply(asFloat(inputs.get('x')));

/** One ONNX operation that keeps the type of its input. */
const typed =
  (op: string): Kernel =>
  (inputs) =>
    unary(op, inputs.get('x'));

/** Rounding, which leaves whole numbers as they are. */
const whole =
  (op: string): Kernel =>
  (inputs) =>
    inputs.get('x').type === 'float32' ? unary(op, inputs.get('x')) : inputs.get('x');

/** ONNX computes with numbers only: booleans are 0 and 1, and what is not 0 is true. */
const pair =
  (op: string): Kernel =>
  (inputs) => {
    const [a, b] = [inputs.get('a'), inputs.get('b')];
    return a.type === 'bool' ? cast(binary(op, number(a), number(b)), 'bool') : binary(op, a, b);
  };

/** ONNX compares numbers only. */
const number = (x: Value) => (x.type === 'bool' ? cast(x, 'int32') : x);

const comparison =
  (op: string): Kernel =>
  (inputs) =>
    compare(op, number(inputs.get('a')), number(inputs.get('b')));

const logical =
  (op: string): Kernel =>
  (inputs) =>
    compare(op, cast(inputs.get('a'), 'bool'), cast(inputs.get('b'), 'bool'));

const one32 = scalar(1);

/** log(1 + x) to full relative precision near 0 (Kahan; Goldberg 1991, theorem 4). */
function log1p(x: Value): Value {
  const u = add(x, one32);
  const rest = sub(u, one32);
  const accurate = div(mul(unary('Log', u), x), rest);
  const near = compare('Equal', rest, scalar(0));
  // log(1 + ∞) would be ∞ × ∞ / ∞.
  const far = compare('Greater', x, scalar(1e30));
  return where(near, x, where(far, unary('Log', u), accurate));
}

/** exp(x) − 1 to full relative precision near 0 (Kahan). */
function expm1(x: Value): Value {
  const u = unary('Exp', x);
  const rest = sub(u, one32);
  const accurate = div(mul(rest, x), unary('Log', u));
  const near = compare('Equal', rest, scalar(0));
  // Where |x| is large, exp(x) − 1 is exact enough, and the quotient is 0 × ∞ or ∞ / ∞.
  const far = compare('Greater', unary('Abs', x), scalar(1));
  return where(near, x, where(far, rest, accurate));
}

/** Remainder with the sign of the divisor. */
function floorModulo(a: Value, b: Value): Value {
  if (a.type !== 'float32') return binary('Mod', a, b);
  const rest = binary('Mod', a, b, 'float32', { fmod: int(1) });
  return where(compare('Less', mul(rest, b), scalar(0)), add(rest, b), rest);
}

function floorDivide(a: Value, b: Value): Value {
  if (a.type === 'float32') return unary('Floor', div(a, b));
  return div(sub(a, binary('Mod', a, b)), b);
}

/** The angle of the point (x, y), in (−π, π]. */
function atan2(y: Value, x: Value): Value {
  const negative = compare('Less', x, scalar(0));
  const left = where(compare('Less', y, scalar(0)), scalar(-Math.PI), scalar(Math.PI));
  const angle = add(unary('Atan', div(y, x)), where(negative, left, scalar(0)));
  const origin = binary('And', compare('Equal', x, scalar(0)), compare('Equal', y, scalar(0)), 'bool');
  return where(origin, scalar(0), angle);
}

/** 1 where x > 0, `alpha` elsewhere. */
function step(x: Value, alpha: number): Value {
  const positive = isPositive(asFloat(x));
  if (alpha === 0) return positive;
  if (alpha > 0 && alpha < 1) return binary('Max', positive, scalar(alpha));
  return add(mul(positive, scalar(1 - alpha)), scalar(alpha));
}

const square = (x: Value) => mul(x, x);

const selu = { alpha: float(1.6732632423543772), gamma: float(1.0507009873554805) };

export const elementwise: KernelTable = {
  [tf.Abs]: typed('Abs'),
  [tf.Neg]: typed('Neg'),
  // TensorFlow.js takes the sign of NaN for 0.
  [tf.Sign]: (inputs) => {
    const x = inputs.get('x');
    const sign = unary('Sign', x);
    return x.type === 'float32' ? where(unary('IsNaN', x, {}, 'bool'), scalar(0), sign) : sign;
  },
  [tf.Square]: (inputs) => square(inputs.get('x')),
  [tf.Exp]: one('Exp'),
  [tf.Expm1]: formula(expm1),
  [tf.Log]: one('Log'),
  [tf.Log1p]: formula(log1p),
  [tf.Sqrt]: one('Sqrt'),
  [tf.Rsqrt]: formula((x) => div(one32, unary('Sqrt', x))),
  [tf.Reciprocal]: formula((x) => div(one32, x)),
  [tf.Floor]: whole('Floor'),
  [tf.Ceil]: whole('Ceil'),
  [tf.Round]: whole('Round'),
  [tf.Erf]: one('Erf'),
  [tf.Sin]: one('Sin'),
  [tf.Cos]: one('Cos'),
  [tf.Tan]: one('Tan'),
  [tf.Asin]: one('Asin'),
  [tf.Acos]: one('Acos'),
  [tf.Atan]: one('Atan'),
  [tf.Sinh]: one('Sinh'),
  [tf.Cosh]: one('Cosh'),
  [tf.Asinh]: one('Asinh'),
  [tf.Acosh]: one('Acosh'),
  [tf.Atanh]: one('Atanh'),
  [tf.Tanh]: one('Tanh'),
  [tf.Sigmoid]: one('Sigmoid'),
  [tf.Softplus]: formula((x) =>
    // max(x, 0) + log(1 + exp(−|x|)) neither overflows nor loses small values.
    add(unary('Relu', x), log1p(unary('Exp', unary('Neg', unary('Abs', x))))),
  ),
  [tf.Relu]: typed('Relu'),
  [tf.Relu6]: (inputs) => clip(number(inputs.get('x')), 0, 6),
  [tf.Elu]: one('Elu'),
  [tf.Selu]: one('Selu', selu),
  [tf.LeakyRelu]: kernel<tf.LeakyReluAttrs>((inputs, { alpha }) =>
    unary('LeakyRelu', asFloat(inputs.get('x')), { alpha: float(alpha) }),
  ),
  [tf.Prelu]: (inputs) => {
    const [x, alpha] = [asFloat(inputs.get('x')), inputs.get('alpha')];
    return add(unary('Relu', x), mul(alpha, binary('Min', x, scalar(0))));
  },
  [tf.EluGrad]: (inputs) => {
    const [dy, y] = [inputs.get('dy'), inputs.get('y')];
    return where(compare('GreaterOrEqual', y, scalar(0)), dy, mul(dy, add(y, one32)));
  },
  [tf.Step]: kernel<tf.StepAttrs>((inputs, { alpha }) => {
    const x = inputs.get('x');
    return cast(step(x, alpha), x.type === 'int32' ? 'int32' : 'float32');
  }),
  [tf.ClipByValue]: kernel<tf.ClipByValueAttrs>((inputs, { clipValueMin, clipValueMax }) =>
    clip(inputs.get('x'), clipValueMin, clipValueMax),
  ),
  [tf.IsNan]: (inputs) => unary('IsNaN', asFloat(inputs.get('x')), {}, 'bool'),
  [tf.IsInf]: (inputs) => unary('IsInf', asFloat(inputs.get('x')), {}, 'bool'),
  [tf.IsFinite]: (inputs) => compare('Less', unary('Abs', asFloat(inputs.get('x'))), scalar(Number.POSITIVE_INFINITY)),
  [tf.LogicalNot]: (inputs) => unary('Not', cast(inputs.get('x'), 'bool')),

  [tf.Add]: pair('Add'),
  [tf.Sub]: pair('Sub'),
  [tf.Multiply]: pair('Mul'),
  [tf.RealDiv]: pair('Div'),
  [tf.Maximum]: pair('Max'),
  [tf.Minimum]: pair('Min'),
  // Whole numbers have type int32, whatever they were made from.
  [tf.FloorDiv]: (inputs) => cast(floorDivide(inputs.get('a'), inputs.get('b')), 'int32'),
  [tf.Mod]: (inputs) => floorModulo(inputs.get('a'), inputs.get('b')),
  [tf.SquaredDifference]: (inputs) => square(sub(inputs.get('a'), inputs.get('b'))),
  [tf.Pow]: pair('Pow'),
  [tf.AddN]: (inputs) => inputs.all().reduce(add),
  [tf.Atan2]: (inputs) => atan2(asFloat(inputs.get('a')), asFloat(inputs.get('b'))),
  [tf.BitwiseAnd]: pair('BitwiseAnd'),
  [tf.Equal]: comparison('Equal'),
  [tf.NotEqual]: (inputs) => unary('Not', compare('Equal', number(inputs.get('a')), number(inputs.get('b')))),
  [tf.Greater]: comparison('Greater'),
  [tf.GreaterEqual]: comparison('GreaterOrEqual'),
  [tf.Less]: comparison('Less'),
  [tf.LessEqual]: comparison('LessOrEqual'),
  [tf.LogicalAnd]: logical('And'),
  [tf.LogicalOr]: logical('Or'),
  [tf.LogicalXor]: logical('Xor'),
  [tf.Select]: (inputs) => {
    const [condition, t, e] = [cast(inputs.get('condition'), 'bool'), inputs.get('t'), inputs.get('e')];
    // TensorFlow.js lets a vector choose whole rows.
    const rows = condition.shape.length === 1 && t.shape.length > 1;
    const shape = rows ? [condition.shape[0]!, ...t.shape.slice(1).map(() => 1)] : condition.shape;
    return where(reshape(condition, shape), t, e);
  },
};

function clip(x: Value, low: number, high: number): Value {
  return binary('Min', binary('Max', x, scalar(low, x.type)), scalar(high, x.type));
}
