/** Which remembered run panels stand in the tabs that VS Code brought back. */
import assert from 'node:assert/strict';
import {
  inTabs,
  type Memory,
  type OpenPanel,
  readOpenPanels,
  writeOpenPanels,
} from '../../../extension/panels/open-panels.ts';

const panel = (directory: string, title: string): OpenPanel => ({ directory, title, column: 2 });

describe('open run panels', () => {
  const a = panel('/runs/a', 'digits');
  const b = panel('/runs/b', 'digits');
  const c = panel('/runs/c', 'faces');

  it('stand in tabs of their name', () => {
    assert.deepEqual(inTabs([a, c], ['faces', 'digits', 'another']), [a, c]);
    assert.deepEqual(inTabs([a, c], ['faces']), [c]);
    assert.deepEqual(inTabs([a, c], []), []);
  });

  it('of one name stand in as many tabs as there are, those opened first', () => {
    assert.deepEqual(inTabs([a, b, c], ['digits', 'faces']), [a, c]);
    assert.deepEqual(inTabs([a, b], ['digits', 'digits', 'digits']), [a, b]);
  });

  it('are read as they were written, and what is no panel is left out', async () => {
    const values = new Map<string, unknown>();
    const memory: Memory = {
      get: (key) => values.get(key),
      async update(key, value) {
        values.set(key, JSON.parse(JSON.stringify(value)));
      },
    };
    assert.equal(readOpenPanels(memory), undefined);
    await writeOpenPanels(memory, [a, c]);
    assert.deepEqual(readOpenPanels(memory), [a, c]);
    const [key] = values.keys();
    for (const stored of ['digits', 7, null, {}]) {
      values.set(key as string, stored);
      assert.equal(readOpenPanels(memory), undefined);
    }
    values.set(key as string, [a, 'digits', { directory: '/runs/d' }, { ...c, column: '1' }, c]);
    assert.deepEqual(readOpenPanels(memory), [a, c]);
  });
});
