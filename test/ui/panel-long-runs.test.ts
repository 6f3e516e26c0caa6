import assert from 'node:assert/strict';
import { describePanel, text } from './panel-suite.ts';
import { sampleRun } from './sample-run.ts';

describePanel('long runs', (suite) => {
  for (const count of [20_000, 100_000]) {
    it(`draws ${count.toLocaleString('en-US')} rows`, async () => {
      const panel = await suite.open();
      await suite.test.tell('snapshot', { run: sampleRun({ steps: count }), metrics: [], samples: [] });
      await panel.name.waitFor();
      const time = await suite.test.page.evaluate(async (length) => {
        const allRows = Array.from({ length }, (_, i) => ({
          ...{ step: i + 1, seconds: i / 10, images: i * 128, imagesPerSecond: 1280, stall: 0 },
          generatorLoss: 1 + 0.4 * Math.sin(i / 500) + 0.2 * Math.sin(i * i),
          discriminatorLoss: 0.7 + 0.1 * Math.cos(i * i),
        }));
        const last = allRows.at(-1);
        const tell = async (rows: unknown) => {
          window.ganTest.tell('metrics', rows);
          await window.ganTest.heard();
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        };
        let start = performance.now();
        await tell(allRows);
        const first = performance.now() - start;
        start = performance.now();
        for (let i = 1; i <= 10; i++) await tell([{ ...last, step: allRows.length + i }]);
        return { first, update: (performance.now() - start) / 10 };
      }, count);
      console.log(`        first drawing ${time.first.toFixed(0)} ms, each update ${time.update.toFixed(0)} ms`);
      assert.equal(await text(panel.legendStep), `Step ${(count + 10).toLocaleString('en-US')}`);
    });
  }
});
