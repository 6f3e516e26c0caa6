import assert from 'node:assert/strict';
import { describePanel, showsSample, text } from './panel-suite.ts';
import { sampleRun } from './sample-run.ts';
import { readThemes, usedVariables } from './themes.ts';

describePanel('view', (suite) => {
  it('speaks the person’s language where it has the words, with values in their places', async () => {
    const texts = { Pause: 'Pausieren', 'Step {0}': 'Schritt {0}', Losses: 'Verluste', 'Real score': 'Echtheit' };
    const panel = await suite.openLive({ texts });
    assert.equal(await text(panel.command('pause')), 'Pausieren');
    assert.equal(await text(panel.command('stop')), 'Stop');
    assert.equal(await text(panel.legendStep), 'Schritt 2,000');
    await suite.test.page.getByRole('tab', { name: 'Verluste' }).waitFor();
    await suite.test.page.getByText('Echtheit').waitFor();
  });

  it('comes back as it was', async () => {
    const viewState = { logScale: true, smoothing: 0.9, zoom: [500, 1000], sampleStep: 400, table: false };
    const panel = await suite.openLive({ viewState });
    assert.equal(await panel.logScale.getAttribute('aria-pressed'), 'true');
    assert.equal(await panel.smoothing.inputValue(), '0.9');
    assert.equal(await panel.resetZoom.isVisible(), true);
    await showsSample(panel, 400);
  });

  it('fits every width without a horizontal scroll bar', async () => {
    await suite.openLive({ viewState: { zoom: [10, 100], sampleStep: 200 } });
    for (const width of [300, 360, 440, 441, 600, 759, 760, 900, 1600]) {
      await suite.test.page.setViewportSize({ width, height: 800 });
      await suite.test.frame();
      const overflow = await suite.test.page.evaluate(() => {
        const wide = [...document.querySelectorAll('#app *')].filter(
          (node) =>
            node.getBoundingClientRect().right > innerWidth + 0.5 &&
            !node.closest('.visually-hidden, .table-scroll, .chart'),
        );
        return {
          scroll: document.documentElement.scrollWidth,
          wide: wide.map((node) => node.className || node.tagName),
        };
      });
      assert.deepEqual(overflow, { scroll: width, wide: [] }, `at ${width} px`);
    }
  });

  it('puts the chart above the samples when narrow, beside them when wide', async () => {
    const panel = await suite.openLive({ width: 500 });
    const boxes = async () => {
      const [chart, stage] = [await panel.chart.boundingBox(), await panel.sampleStage.boundingBox()];
      assert.ok(chart && stage);
      return { chart, stage };
    };
    const narrow = await boxes();
    assert.ok(narrow.stage.y > narrow.chart.y + narrow.chart.height);
    await suite.test.page.setViewportSize({ width: 1200, height: 800 });
    await suite.test.frame();
    const wide = await boxes();
    assert.ok(wide.stage.x > wide.chart.x + wide.chart.width);
    // The chart's canvas follows.
    assert.ok(Math.abs(((await panel.canvas.boundingBox())?.width ?? 0) - wide.chart.width) < 1);
  });

  it('names every control, and gives each the keyboard', async () => {
    const panel = await suite.openLive({ viewState: { zoom: [10, 100], sampleStep: 200 } });
    await suite.test.tell('trouble', 'No.');
    await suite.test.frame();
    const controls = suite.test.page.locator('button:visible, input:visible, [tabindex]:visible');
    assert.ok((await controls.count()) > 12);
    for (const control of await controls.all()) {
      const snapshot = await control.ariaSnapshot();
      assert.match(snapshot, /^- \w+ "\w/, `no name: ${await control.evaluate((node) => node.outerHTML)}`);
    }
    const reached = new Set<string>();
    for (let i = 0; i < 30; i++) {
      await suite.test.page.keyboard.press('Tab');
      const focus = await suite.test.page.evaluate(() => {
        const node = document.activeElement as HTMLElement;
        const style = getComputedStyle(node);
        const thumb = node.matches('input') ? getComputedStyle(node, '::-webkit-slider-thumb') : style;
        return { id: node.dataset.testid ?? '', outline: style.outlineStyle, thumb: thumb.outlineStyle };
      });
      if (focus.id === '') continue;
      if (focus.id !== 'smoothing' && focus.id !== 'sample-slider') assert.notEqual(focus.outline, 'none', focus.id);
      reached.add(focus.id);
    }
    for (const id of [
      'command-pause',
      'chart',
      'smoothing',
      'log-scale',
      'table-toggle',
      'sample-slider',
      'sample-play',
    ]) {
      assert.ok(reached.has(id), `${id} is not reached by Tab`);
    }
    await panel.drawn();
  });

  it('keeps still for those who ask for less motion', async () => {
    await suite.open();
    await suite.test.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    await suite.test.snapshot(sampleRun({ state: 'starting', dataset: null, device: null, steps: 0 }));
    const moving = () =>
      suite.test.page.evaluate(
        () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
      );
    assert.equal(await moving(), 0);
    await suite.test.page.evaluate(() => document.body.classList.remove('vscode-reduce-motion'));
    assert.ok((await moving()) > 0);
  });

  it('uses only variables that VS Code has', async () => {
    await suite.open();
    const known = Object.values(readThemes());
    const unknown = usedVariables().filter((name) => !known.some((theme) => name in theme));
    assert.deepEqual(unknown, []);
  });

  it('would notice a breach of the content security policy', async () => {
    await suite.openLive();
    await suite.test.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    assert.match(suite.test.problems.join(), /Content Security Policy/);
    suite.test.problems.length = 0;
  });
});
