/**
 * Gradients that TensorFlow.js has not, or has in a form that cannot be differentiated again, or
 * wrong. Where a derivative needs the output, it is computed again from the inputs: compiled steps
 * share that with the forward pass, and engines that run eagerly need not keep it.
 */
// Some gradients call operations as methods of tensors.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { registerConvolutions } from './convolution.ts';
import { registerElementwise } from './elementwise.ts';
import { registerLayout } from './layout.ts';
import { registerPooling, registerResizing } from './pooling.ts';
import { followSavedOutputs } from './saved-outputs.ts';

/**
 * Registers them for every TensorFlow.js backend of this process. To be called again after another
 * copy of TensorFlow.js was loaded: all copies share one registry, which each fills with its own.
 */
export function registerGradients(): void {
  followSavedOutputs();
  registerElementwise();
  registerConvolutions();
  registerPooling();
  registerResizing();
  registerLayout();
}
