/** What `gan train` and `gan resume` tell while they work: to people, or with --json to programs. */
import type { TrainingListener, TrainingOutcome } from '../session/run-training.ts';

export interface Reporter extends Required<TrainingListener> {
  /** Ctrl-C or SIGTERM was heard; the step is being finished. */
  stopping(): void;
  ended(outcome: TrainingOutcome): void;
}
