import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { presetList } from '../../sidecar/config/preset-list.ts';
import { launchBrowser } from '../host/browser.ts';
import { GalleryPage, galleryPresets } from './gallery-page.ts';
import { TestPage, type TestPageOptions } from './test-page.ts';

describe('Gallery of presets', () => {
  let browser: Browser;
  let test: TestPage;
  let gallery: GalleryPage;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const { problems } = test;
    await test.close();
    assert.deepEqual(problems, []);
  });

  const open = async (options: TestPageOptions = {}, presets = galleryPresets()) => {
    test = await TestPage.open(browser, { ...options, script: 'gallery' });
    gallery = new GalleryPage(test.page);
    await test.answer('presets', presets);
    await gallery.cards.first().waitFor();
  };
  const shown = () => gallery.cards.evaluateAll((cards) => cards.map((card) => card.dataset.testid?.slice(7)));
  const focused = () => test.page.evaluate(() => (document.activeElement as HTMLElement).dataset.testid);
  const asked = () => test.asked();

  it('asks for the presets, and shows each with its picture, title and line, in groups', async () => {
    await open();
    assert.deepEqual(await asked(), [{ method: 'presets', params: null }]);
    assert.deepEqual(
      await shown(),
      presetList.map(({ id }) => id),
    );
    assert.deepEqual(await gallery.groups.allTextContents(), [...new Set(presetList.map(({ group }) => group))]);
    const { title, line } = presetList[0] as (typeof presetList)[number];
    await test.page.getByRole('button', { name: title, exact: true, description: new RegExp(`^${line}`) }).waitFor();
    const first = gallery.card('digits').locator('img');
    await first.evaluate((image: HTMLImageElement) => image.decode());
  });

  it('draws a placeholder of the same size for a picture that is missing or cannot be read', async () => {
    await open(
      {},
      galleryPresets((_, i) => i > 1).map((preset) =>
        preset.id === 'stacked-mnist' ? { ...preset, picture: 'http://panel.test/presets/gone.png' } : preset,
      ),
    );
    const size = (id: string) => gallery.card(id).locator('.card-picture').boundingBox();
    const [missing, there] = [await size('digits'), await size('chapter-deep')];
    assert.ok(missing && there);
    assert.ok(Math.abs(missing.width - there.width) < 0.5 && Math.abs(missing.height - there.height) < 0.5);
    assert.ok(missing.height > 80);
    assert.equal(await gallery.card('digits').locator('img').count(), 0);
    await gallery.card('stacked-mnist').scrollIntoViewIfNeeded();
    await gallery.card('stacked-mnist').locator('img').waitFor({ state: 'detached' });
    assert.ok(test.problems.every((problem) => /404/.test(problem)));
    test.problems.length = 0;
  });

  it('sends what was clicked', async () => {
    await open();
    await gallery.card('vae').click();
    assert.deepEqual((await asked()).slice(1), [{ method: 'choose', params: 'vae' }]);
  });

  it('says why there are no presets, or why a choice came to nothing', async () => {
    const refused = (message: string) => ({ error: { code: -32603, message } });
    test = await TestPage.open(browser, {
      script: 'gallery',
      answers: { presets: refused('The extension is broken.') },
    });
    gallery = new GalleryPage(test.page);
    await gallery.none.waitFor();
    assert.equal(await gallery.none.textContent(), 'The extension is broken.');
    await test.close();
    await open({ answers: { choose: refused('No folder is open.') } });
    await gallery.card('vae').click();
    await gallery.none.waitFor();
    assert.equal(await gallery.none.textContent(), 'No folder is open.');
    await gallery.search.fill('vae');
    assert.equal(await gallery.none.isVisible(), false);
  });

  it('finds by every word, whatever it stands in, and comes back with its search', async () => {
    await open();
    assert.equal(await focused(), 'search');
    await test.page.keyboard.type('penalty wass');
    assert.deepEqual(await shown(), ['wgan-gp']);
    assert.equal((await gallery.groups.allTextContents()).join(), 'Objectives');
    assert.equal(await gallery.found.textContent(), '1 preset');
    assert.equal(await test.viewState(), 'penalty wass');
    await gallery.search.fill('no such thing');
    assert.equal(await gallery.none.textContent(), 'No preset has “no such thing”.');
    await gallery.search.fill('');
    assert.equal((await shown()).length, presetList.length);
    await test.close();
    await open({ viewState: 'likelihood' });
    assert.deepEqual(await shown(), ['vae', 'residual-vae', 'pixelcnn']);
  });

  it('is gone through by keyboard alone', async () => {
    await open();
    const press = (key: string) => test.page.keyboard.press(key);
    await press('ArrowDown');
    assert.equal(await focused(), 'preset-digits');
    await press('ArrowRight');
    await press('ArrowDown');
    const second = `preset-${presetList[1]?.id}`;
    const below = await test.page.evaluate((id) => {
      const [from, to] = [document.querySelector(`[data-testid="${id}"]`), document.activeElement];
      const [a, b] = [from?.getBoundingClientRect(), to?.getBoundingClientRect()];
      return a && b && { sameColumn: a.left === b.left, lower: b.top > a.top };
    }, second);
    assert.deepEqual(below, { sameColumn: true, lower: true });
    await press('ArrowUp');
    assert.equal(await focused(), second);
    await press('ArrowUp');
    assert.equal(await focused(), 'search');
    await press('Tab');
    assert.equal(await focused(), 'preset-digits');
    await press('End');
    assert.equal(await focused(), `preset-${presetList.at(-1)?.id}`);
    await press('Enter');
    assert.deepEqual((await asked()).slice(1), [{ method: 'choose', params: presetList.at(-1)?.id }]);
    await press('/');
    assert.equal(await focused(), 'search');
    // A slash that is typed stays one.
    await press('/');
    assert.equal(await gallery.search.inputValue(), '/');
  });

  it('fits every width without a horizontal scroll bar', async () => {
    await open();
    for (const width of [260, 300, 440, 760, 1200, 1800]) {
      await test.page.setViewportSize({ width, height: 800 });
      await test.frame();
      assert.equal(await test.page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });
});
