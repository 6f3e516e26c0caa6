/** The generators of a network that may grow, compiled for one stage at a time. */
import type { Engine, HostTensorMap } from '../engine/engine.ts';
import type { AdversarialArchitecture, ModelSpec } from '../models/architecture.ts';
import { fadeAt, type Stage, stageAt, stagesOf } from '../models/growth.ts';
import { scalarInput } from './batch-inputs.ts';
import { compileGenerators, type GeneratorPrograms } from './generators.ts';
import type { Variables } from './variables.ts';

/** Nothing for the first stage, which has none to fade from. */
export const fadeInput = (stage: Stage, seen: number, growEvery: number): HostTensorMap =>
  stage.begins > 0 ? { fade: scalarInput(fadeAt(stage, seen, growEvery)) } : {};

export class GrowingGenerators {
  readonly #stages: readonly Stage[];
  readonly #growEvery: number;
  readonly #compile: (stage: Stage) => GeneratorPrograms;
  #compiled: { readonly index: number; readonly programs: GeneratorPrograms } | null = null;

  /** @param growEvery examples for each fade-in, and as many again before the next. */
  constructor(
    architecture: AdversarialArchitecture,
    spec: ModelSpec,
    variables: Variables,
    averaged: boolean,
    growEvery: number,
    engine: Engine,
  ) {
    this.#stages = stagesOf(architecture.stages?.(spec) ?? [spec.stage], growEvery);
    this.#growEvery = growEvery;
    this.#compile = ({ shape }) =>
      compileGenerators(architecture, { ...spec, stage: shape }, variables, averaged, engine);
  }

  /** The programs of the stage after so many examples, and what they are told of its fading in. */
  at(seen: number): { readonly programs: GeneratorPrograms; readonly fade: HostTensorMap } {
    const index = stageAt(this.#stages, seen);
    const stage = this.#stages[index] as Stage;
    if (this.#compiled?.index !== index) {
      this.dispose();
      this.#compiled = { index, programs: this.#compile(stage) };
    }
    const { programs } = this.#compiled as { readonly programs: GeneratorPrograms };
    return { programs, fade: fadeInput(stage, seen, this.#growEvery) };
  }

  dispose(): void {
    this.#compiled?.programs.dispose();
    this.#compiled = null;
  }
}
