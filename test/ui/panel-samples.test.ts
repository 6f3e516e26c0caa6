import assert from 'node:assert/strict';
import type { PanelRun } from '../../webview/messages.ts';
import { describePanel, metrics, picture, STEPS, samples, showsSample, text } from './panel-suite.ts';
import { SCATTER, sampleRun } from './sample-run.ts';
import { sampleUris } from './test-page.ts';

describePanel('samples', (suite) => {
  it('follows the newest until the person picks another, and again after', async () => {
    const panel = await suite.openLive();
    await showsSample(panel, 2000);
    assert.equal(await text(panel.sampleStep), 'Step 2,000, newest');
    await suite.test.tell('samples', sampleUris([2200], STEPS));
    await showsSample(panel, 2200);
    await panel.slider.focus();
    await panel.slider.press('ArrowLeft');
    await panel.slider.press('ArrowLeft');
    await showsSample(panel, 1600);
    assert.equal(await panel.slider.getAttribute('aria-valuetext'), 'Step 1,600, 5 of 7');
    await suite.test.tell('samples', sampleUris([2400], STEPS));
    await suite.test.frame();
    assert.equal(await text(panel.sampleStep), 'Step 1,600');
    assert.equal(((await suite.test.viewState()) as { sampleStep: number }).sampleStep, 1600);
    await panel.newestSample.click();
    await showsSample(panel, 2400);
    await suite.test.tell('samples', sampleUris([2600], STEPS));
    await showsSample(panel, 2600);
    assert.equal(await panel.newestSample.isVisible(), false);
  });

  it('steps with the arrow keys on the image', async () => {
    const panel = await suite.openLive();
    await panel.sampleStage.focus();
    await panel.sampleStage.press('Home');
    await showsSample(panel, 0);
    await panel.sampleStage.press('ArrowRight');
    await showsSample(panel, 200);
    await panel.sampleStage.press('End');
    await showsSample(panel, 2000);
  });

  it('plays every grid in order and ends at the newest', async () => {
    const panel = await suite.openLive();
    const seen = panel.sampleStep.evaluate(
      (node, last) =>
        new Promise<string[]>((resolve) => {
          const texts: string[] = [];
          new MutationObserver(() => {
            texts.push(node.textContent ?? '');
            if (node.textContent === last) resolve(texts);
          }).observe(node, { childList: true, characterData: true, subtree: true });
        }),
      'Step 2,000, newest',
    );
    await panel.play.click();
    assert.equal(await panel.play.getAttribute('aria-label'), 'Pause playback');
    assert.deepEqual(await seen, ['Step 0', 'Step 200', 'Step 400', 'Step 800', 'Step 1,600', 'Step 2,000, newest']);
    await showsSample(panel, 2000);
    assert.equal(await panel.play.getAttribute('aria-label'), 'Play');
  });

  it('stops playing when asked, and when the slider is moved', async () => {
    const panel = await suite.openLive({ ownClock: true });
    const staysPut = async () => {
      const step = await text(panel.sampleStep);
      await suite.test.page.clock.runFor(3000);
      assert.equal(await text(panel.sampleStep), step);
      assert.equal(await panel.play.getAttribute('aria-label'), 'Play');
    };
    await panel.play.click();
    await panel.play.click();
    await staysPut();
    await panel.play.click();
    await panel.slider.press('ArrowRight');
    await staysPut();
  });

  it('says so when a grid cannot be read, and goes on', async () => {
    const panel = await suite.openLive();
    suite.test.missingSamples.add(2400);
    // The browser itself reports the missing file.
    const reported = suite.test.page.waitForEvent('console', (message) => /404/.test(message.text()));
    await suite.test.tell('samples', sampleUris([2400], STEPS));
    await panel.sampleMessage.waitFor();
    assert.match(await text(panel.sampleMessage), /^Sample grid at step 2,400 cannot be read\./);
    await panel.slider.press('ArrowLeft');
    await showsSample(panel, 2000);
    await reported;
    assert.ok(suite.test.problems.every((problem) => /404/.test(problem)));
    suite.test.problems.length = 0;
  });

  it('shows pixels as sharp squares, as large as there is room', async () => {
    const panel = await suite.openLive({ width: 1600, height: 1000 });
    const size = await panel.sampleImage.evaluate((node) => {
      const { width, clientWidth, parentElement } = node as HTMLCanvasElement;
      return {
        width,
        clientWidth,
        room: Math.min(parentElement?.clientWidth ?? 0, parentElement?.clientHeight ?? 0),
      };
    });
    assert.ok(size.clientWidth > size.room * 0.85 && size.clientWidth <= size.room, JSON.stringify(size));
    // 224 pixels, each repeated a whole number of times.
    assert.equal(size.width % 224, 0);
    assert.ok(size.width >= size.clientWidth);
  });

  it('shows each kind of samples in its own way, as the run says', async () => {
    const panel = await suite.openLive();
    await suite.test.tell('run', sampleRun({ samples: SCATTER }));
    const plot = suite.test.page.locator(
      '[aria-label="Scatter plot at step 2,000, in colours of their own: generated, real"]',
    );
    await plot.waitFor();
    const blended = await picture(panel.sampleImage);
    // A legend, since both lie in one picture.
    assert.deepEqual(await panel.sampleCaptions.locator('span').allTextContents(), ['Generated', 'Real']);
    const swatches = panel.sampleCaptions.locator('i');
    assert.deepEqual(
      await swatches.evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).backgroundColor)),
      ['rgb(47, 143, 255)', 'rgb(140, 140, 140)'],
    );
    await suite.test.tell('run', sampleRun());
    await showsSample(panel, 2000);
    await suite.test.frame();
    // The same picture, with sharp pixels.
    assert.notEqual(await picture(panel.sampleImage), blended);
  });

  it('says so where another version has made samples of a kind that this one does not know', async () => {
    const panel = await suite.open();
    const layout = { kind: 'hologram', columns: [], pitch: 0 } as unknown as NonNullable<PanelRun['samples']>;
    await suite.test.snapshot(sampleRun({ samples: layout }), metrics, samples);
    await panel.sampleMessage.waitFor();
    assert.equal(await text(panel.sampleMessage), 'This version of GAN Studio cannot show samples of this kind.');
    assert.equal(await panel.sampleImage.count(), 0);
    await suite.test.snapshot(sampleRun(), metrics, samples);
    await showsSample(panel, 2000);
    assert.equal(await panel.sampleMessage.isVisible(), false);
  });
});
