/** Whether a network is trained or used. */
import type { StepRandom } from '../../engine/engine.ts';

/**
 * How layers with a state, and dropout, behave. In training, batch normalisation uses the statistics
 * of the batch and dropout is active; `keepStatistics` lets moving averages follow that batch and
 * spectral normalisation improve its estimate. In inference, the moving averages are used, dropout
 * does nothing and no state changes.
 */
export type Mode =
  | { readonly training: true; readonly random: StepRandom; readonly keepStatistics: boolean }
  | { readonly training: false };
