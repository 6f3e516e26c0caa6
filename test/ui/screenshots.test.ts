/** Pictures of the panel and the gallery for people to look at: every theme, wide and narrow, and the special states. */
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { galleryPresets } from './gallery-page.ts';
import { criticMetrics, criticRun, vaeMetrics, vaeRun } from './sample-families.ts';
import { SCATTER, sampleMetrics, sampleRun, TRANSLATIONS } from './sample-run.ts';
import { sampleUris, scatterUri, TestPage, type TestPageOptions, translationUri } from './test-page.ts';
import type { ThemeName } from './themes.ts';

const STEPS = 3000;
const samples = sampleUris([0, 100, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2100], STEPS);
const metrics = sampleMetrics(1070, 2);

describe('Screenshots', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  const picture = (name: string, options: TestPageOptions, act: (test: TestPage) => Promise<void>) =>
    it(name, async () => {
      const test = await TestPage.open(browser, options);
      await act(test);
      await test.frame();
      await test.screenshot(`${options.script === 'gallery' ? '' : 'panel-'}${name}`);
      await test.close();
    });

  const live = async (test: TestPage) => {
    await test.snapshot(sampleRun(), metrics, samples);
    await test.panel.drawn();
  };

  const themes: ThemeName[] = ['dark', 'dark-modern', 'light', 'light-modern', 'high-contrast', 'high-contrast-light'];
  for (const theme of themes) {
    picture(`wide-${theme}`, { theme }, live);
    picture(`narrow-${theme}`, { theme, width: 300, height: 900 }, live);
  }
  const gallery = (test: TestPage) =>
    test.answer(
      'presets',
      galleryPresets((_, i) => i % 5 !== 3),
    );
  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] satisfies ThemeName[]) {
    picture(`vae-${theme}`, { theme }, async (test) => {
      await test.snapshot(vaeRun(), vaeMetrics(), samples);
      await test.panel.drawn();
    });
    picture(`wgan-gp-${theme}`, { theme }, async (test) => {
      await test.snapshot(criticRun(), criticMetrics(theme === 'light' ? 0.06 : 0.003), samples);
      await test.panel.drawn();
    });
    picture(`gallery-${theme}`, { script: 'gallery', theme, height: 900 }, gallery);
  }
  for (const theme of ['dark', 'light', 'high-contrast'] satisfies ThemeName[]) {
    picture(`scatter-${theme}`, { theme, width: 640, height: 860 }, async (test) => {
      const dataset = { name: 'ring', size: null, unit: 'points', shape: [2], classes: 0 };
      await test.snapshot(sampleRun({ name: 'points', samples: SCATTER, dataset }), metrics, [scatterUri(2000)]);
      await test.panel.drawn();
    });
  }
  picture('gallery-narrow', { script: 'gallery', width: 420, height: 900 }, gallery);
  picture('wgan-gp-narrow', { theme: 'light', width: 300, height: 1100 }, async (test) => {
    await test.snapshot(criticRun(), criticMetrics(0.06), samples);
    await test.panel.drawn();
  });
  picture('image-to-image', {}, async (test) => {
    await test.snapshot(sampleRun({ samples: TRANSLATIONS }), metrics, [translationUri(100)]);
    await test.panel.drawn();
  });
  picture('beside-dark', { width: 640, height: 860 }, live);
  picture('very-wide-light', { theme: 'light', width: 1600, height: 1000 }, live);
  picture('hover', {}, async (test) => {
    await live(test);
    const box = await test.panel.plot.boundingBox();
    if (box) await test.page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  });
  picture('log-zoomed-earlier-sample', { viewState: { logScale: true, zoom: [200, 1200], sampleStep: 500 } }, live);
  picture('scores-light', { theme: 'light', viewState: { chart: 'scores' } }, live);
  picture(
    'speed-high-contrast',
    { theme: 'high-contrast', viewState: { chart: 'speed' }, width: 640, height: 860 },
    live,
  );
  const table = async (test: TestPage) => {
    await test.snapshot(sampleRun(), metrics, samples);
    await test.panel.sampleImage.waitFor();
  };
  picture('table', { viewState: { table: true } }, table);
  picture('table-light-beside', { theme: 'light', viewState: { table: true }, width: 640, height: 860 }, table);
  picture('loading-data', {}, (test) =>
    test.snapshot(sampleRun({ state: 'starting', dataset: null, device: null, steps: 0 })),
  );
  picture('compiling-light', { theme: 'light', width: 640, height: 860 }, (test) =>
    test.snapshot(sampleRun({ state: 'starting' })),
  );
  picture('paused', { width: 640, height: 860 }, async (test) => {
    await test.snapshot(sampleRun({ state: 'paused' }), metrics, samples);
    await test.panel.drawn();
  });
  const failure = {
    state: 'failed',
    error: {
      code: 'training/not-finite',
      message: 'Step 2141: the generator loss became NaN; the first tensor to do so was generator/dense_2/kernel.',
    },
  } as const;
  picture('failed', {}, async (test) => {
    await test.snapshot(sampleRun(failure), metrics, samples);
    await test.panel.drawn();
  });
  picture(
    'failed-narrow-high-contrast-light',
    { theme: 'high-contrast-light', width: 300, height: 1000 },
    async (test) => {
      await test.snapshot(sampleRun(failure), metrics, samples);
      await test.panel.drawn();
    },
  );
  picture('failed-at-start-light', { theme: 'light' }, (test) =>
    test.snapshot(
      sampleRun({
        state: 'failed',
        dataset: null,
        device: null,
        steps: 0,
        error: {
          code: 'data/missing',
          message: 'data.path: "faces" does not exist. Correct the path or create the folder.',
        },
      }),
    ),
  );
  picture('interrupted', { theme: 'light', width: 640, height: 860 }, async (test) => {
    await test.snapshot(sampleRun({ state: 'interrupted' }), metrics, samples);
    await test.tell('trouble', 'The run cannot be resumed: another window is training it.');
    await test.panel.drawn();
  });
});
