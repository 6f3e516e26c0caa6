/** What the engine is to reach, and whether it does. */
import { fastestEager, find, shareOfBound, speedup } from './ratios.ts';
import type { EngineResult, ModelResult, Results } from './results.ts';

export interface Goal {
  readonly what: string;
  /** As written in the report. */
  readonly wanted: string;
  /** Null where it was not measured. */
  readonly measured: number | null;
  readonly kind: 'ratio' | 'share';
  readonly met: boolean;
}

const atLeast = (what: string, wanted: number, measured: number | null): Goal => ({
  what,
  wanted: `at least ${wanted}×`,
  measured,
  kind: 'ratio',
  met: measured !== null && measured >= wanted,
});

const modelOf = ({ models }: Results, id: string): ModelResult | null =>
  models.find(({ model }) => model === id) ?? null;

function against(all: Results, id: string, peer: (engines: readonly EngineResult[]) => ReturnType<typeof find>) {
  const engines = modelOf(all, id)?.engines ?? [];
  return speedup(find(engines, 'cpu'), peer(engines));
}

function shareGoal(all: Results, id: string, wanted: number): Goal {
  const model = modelOf(all, id);
  const ours = model === null ? null : find(model.engines, 'cpu');
  const measured = model === null || ours === null ? null : shareOfBound(ours, model, all);
  return {
    what: `${id}, share of the machine's bound`,
    wanted: `at least ${100 * wanted}%`,
    measured,
    kind: 'share',
    met: measured !== null && measured >= wanted,
  };
}

/** The worst of all models. */
function javascriptGoal(all: Results, wanted: number): Goal {
  const shares = all.models.flatMap(({ model, engines }) => {
    const share = find(engines, 'cpu')?.javascriptShare ?? null;
    return share === null ? [] : [{ model, share }];
  });
  const worst = shares.sort((a, b) => b.share - a.share)[0];
  return {
    what: `recording and feeding in JavaScript, share of a step${worst ? ` (the most: ${worst.model})` : ''}`,
    wanted: `under ${100 * wanted}%`,
    measured: worst?.share ?? null,
    kind: 'share',
    met: worst !== undefined && worst.share < wanted,
  };
}

/** @param panelSlowdown share of its speed that training loses to an open panel; null where not measured. */
export function goals(all: Results, panelSlowdown: number | null): Goal[] {
  const faster = ['chapter-mlp-conv', 'dcgan-28', 'dcgan-64', 'residual-r1-r2'].map((model) =>
    atLeast(`${model} against PyTorch eager`, 1.5, against(all, model, fastestEager)),
  );
  const tensorflow = ['chapter-mlp-conv', 'chapter-deep', 'dcgan-28'].map((model) =>
    atLeast(
      `${model} against tfjs-node`,
      1.5,
      against(all, model, (engines) => find(engines, 'tensorflow')),
    ),
  );
  const panel: Goal = {
    what: 'training slowed by an open panel',
    wanted: 'under 2%',
    measured: panelSlowdown,
    kind: 'share',
    met: panelSlowdown !== null && panelSlowdown < 0.02,
  };
  return [...faster, shareGoal(all, 'dcgan-28', 0.6), ...tensorflow, javascriptGoal(all, 0.03), panel];
}
